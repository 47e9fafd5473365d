"""Persons, consents and participations; a room that can be left out."""
