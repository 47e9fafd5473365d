"""Tests of the room interventions."""
