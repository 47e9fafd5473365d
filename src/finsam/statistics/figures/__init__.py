"""What is counted, and the list of it."""
