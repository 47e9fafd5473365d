"""A special edition: one table that somebody asked for, let out as every other publication is."""
