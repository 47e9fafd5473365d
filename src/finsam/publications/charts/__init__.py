"""Diagrams as drawings: bars, lines, maps, pyramids, transitions."""
