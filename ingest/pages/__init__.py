"""PDF pages: their words and lines, and the layout that a reader sees in them."""
