"""The pages of docs/statistics say what the code does."""

from tests.statistics_docs import stale


def test_the_pages_are_up_to_date() -> None:
    assert stale() == [], "run: python -m tests.statistics_docs --write"
