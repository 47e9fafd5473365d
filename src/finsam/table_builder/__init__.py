"""Questions that anyone may ask of a snapshot, and their answers."""
