"""The search for cells to leave out, so that no small one can be worked out."""
