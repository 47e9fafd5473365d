"""Benchmarks, each beside the peer it is measured against; `python -m bench` writes docs/benchmarks.md."""
