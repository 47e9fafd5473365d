"""The table builder: what may be asked of a snapshot, how it is answered and protected, and how answers are shown."""
