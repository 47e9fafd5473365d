"""What every form is made of: its fields, its sentences, and what happens when two people change one record."""
