"""The report on persons linked with another agency's records."""
