"""Report files: a publication written as HTML, PDF, Excel and CSV, the same bytes every time."""
