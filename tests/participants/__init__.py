"""Tests of the room participants."""
