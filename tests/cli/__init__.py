"""Tests of the command line: real commands on real homes, each in a folder (and a database) of its own."""
