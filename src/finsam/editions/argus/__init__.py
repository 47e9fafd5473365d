"""Patterns proposed by τ-ARGUS, which works on files in a process of its own."""
