"""What a file suggests about its own metadata: proposals for somebody to confirm, never facts."""
