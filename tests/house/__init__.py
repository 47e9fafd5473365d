"""Tests of the house itself, by introspection: what every room, page and test must keep to."""
