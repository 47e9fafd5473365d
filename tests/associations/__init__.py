"""Tests of the room associations."""
