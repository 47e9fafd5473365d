"""Dated snapshots of all records: taken, found, opened in an engine, and linked with other records."""
