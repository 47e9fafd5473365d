"""What holds between counts, wherever they stand: what each is a count of, and how those hang together."""
