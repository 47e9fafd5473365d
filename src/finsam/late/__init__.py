"""How much is still to be registered of what has happened."""
