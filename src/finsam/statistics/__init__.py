"""Figures: tables in, tables out."""
