"""The parsers of files with structure and without pages, with their versions; apart, so that naming one loads none."""

DOCX_PARSER = "docx 1"
ODT_PARSER = "odt 1"
HTML_PARSER = "html 2"
