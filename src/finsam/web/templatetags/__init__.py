"""Template filters of the web door."""
