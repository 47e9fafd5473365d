"""Reads every record as it was at the end of a day, as the tables of a snapshot."""
