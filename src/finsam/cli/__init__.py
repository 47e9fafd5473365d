"""The command line: every command in the product, one module a subject."""
