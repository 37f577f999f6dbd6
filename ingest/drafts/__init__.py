"""What Word, OpenDocument and web pages have in common: paragraphs and tables on their way to a source text."""
