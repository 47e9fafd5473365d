"""The exact tables of the national annual report, counted in three ways from the same files."""
