"""Figures on Spark, on this machine: a leg of its own, which needs Java and the packages of requirements-tests.lock."""
