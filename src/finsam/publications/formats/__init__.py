"""A publication as HTML, PDF, Excel and CSV."""
