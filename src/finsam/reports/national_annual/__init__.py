"""The national annual report."""
