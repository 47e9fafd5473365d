"""What make calls: set-up, checks, the legs of the tests, translations and generated docs."""
