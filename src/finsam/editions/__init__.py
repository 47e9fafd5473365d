"""Editions: compiled, reviewed, published, replaced; and reports for work."""
