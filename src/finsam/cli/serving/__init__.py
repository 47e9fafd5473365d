"""The processes of `finsam serve`: what starts, watches and ends them, and what each of them does."""
