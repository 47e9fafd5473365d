"""Editions as they are stored: their content, their folders, and how they hang together with each other."""
