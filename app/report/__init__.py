"""Reports: many topics over the same municipalities, written to one file."""
