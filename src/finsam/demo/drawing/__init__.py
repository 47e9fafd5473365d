"""The plan of the demo: everything that will be written, as plain values, from one seed."""
