"""Hostile files for every door by which a file comes in: seeded, made of real ones, and answered by a sentence."""
