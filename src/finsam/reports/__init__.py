"""The reports: one folder each, and the list of them."""
