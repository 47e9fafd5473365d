"""Work that is done in the background: the tasks, who orders them, and how far they have come."""
