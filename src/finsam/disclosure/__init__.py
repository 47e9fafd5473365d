"""What may be shown: cells, what holds between them, the gate that hides, and the attack on what it hid."""
