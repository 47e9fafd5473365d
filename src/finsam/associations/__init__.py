"""Coordination associations, their members and the municipalities they cover."""
