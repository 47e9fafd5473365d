"""Settings, addresses and the entry point of the server; read from the environment only."""
