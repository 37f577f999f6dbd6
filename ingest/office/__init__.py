"""Word and OpenDocument files: safely unpacked, and read by their own structure."""
