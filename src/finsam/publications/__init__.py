"""What a finished document is made of, and how it is drawn and written."""
