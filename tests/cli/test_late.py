"""`finsam late` in a real home: refused with what to do, and otherwise a table and plain sentences."""

import pytest

from tests.cli.homes import Home, refused

pytestmark = pytest.mark.once


def test_without_snapshots_to_compare_the_refusal_says_what_to_do(prepared: Home) -> None:
    assert "minst två ögonblicksbilder med deltagare. Ta en till: finsam snapshot take" in refused(
        prepared.run("late", "--figure", "ongoing")
    )
    assert "”slutade” går inte. Välj ongoing eller new eller ended." in refused(
        prepared.run("late", "--figure", "slutade")
    )


@pytest.mark.participants
def test_two_snapshots_are_counted_and_said(prepared: Home) -> None:
    for day in ("2019-01-31", "2020-01-31"):
        taken = prepared.run("snapshot", "take", "--as-of", day)
        assert not taken.returncode, taken.stderr
    done = prepared.run("late", "--figure", "new", "--unit", "participations")
    assert (done.returncode, done.stdout) == (0, "\nIngen är räknad under de år som ögonblicksbilderna visar.\n")
