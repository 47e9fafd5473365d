"""The dated code lists that a system administrator keeps without a release."""
