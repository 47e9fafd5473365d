"""Figures: tables in, counts out, and the gate that lets only protected cells out."""
