"""The report on results."""
