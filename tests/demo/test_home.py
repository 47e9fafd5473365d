"""A real demo home, made by the command line: the report gives back the published figures, a later day others."""

from datetime import date

import pytest

from finsam.demo.drawing.records import TODAY
from finsam.demo.load import RECIPIENTS
from finsam.disclosure.cells import TOTAL
from finsam.disclosure.protect import Rule
from finsam.editions.consistency import check_table
from finsam.publications.blocks import Publication
from finsam.publications.formats.csv import csv_bytes
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from finsam.snapshots import denominators, engines
from finsam.snapshots.models import Denominator
from tests.cli.homes import Home
from tests.reports import published

AS_OF, LATER = "2021-01-31", "2021-03-31"


def report(home: Home, snapshot: str) -> Publication:
    """The report of 2020 from a snapshot of the home."""
    recipients = [
        Denominator(year=one.year, support=one.support, recipients=one.recipients, source=one.source, as_of=one.as_of)
        for one in denominators.read(RECIPIENTS, TODAY)
    ]
    with engines.tables(home.folder / "snapshots" / snapshot) as tables:
        return REPORTS["national-annual"].compute(
            Source(tables, 2020, Rule(), snapshot, date.fromisoformat(snapshot[:10]), recipients=recipients)
        )


def take(home: Home, day: str) -> str:
    """The identifier of the snapshot of a day."""
    done = home.run("snapshot", "take", "--as-of", day)
    assert not done.returncode, done.stderr
    return done.stdout.strip()


@pytest.mark.once
@pytest.mark.participants
def test_the_demo_gives_back_what_was_published_and_what_became_known_later_gives_other_figures(demo: Home) -> None:
    listed = demo.run("snapshot", "list").stdout.split()[0]
    assert not demo.run("snapshot", "verify").returncode
    linked = demo.run("link", "list").stdout
    assert listed in linked
    assert linked.strip().endswith("Påhittade uppgifter som visar hur en samkörning ser ut  hel")
    assert take(demo, AS_OF) == listed
    made = report(demo, listed)
    assert published.differences(made) == []
    assert not [line for tidy in made.tables for line in check_table(csv_bytes(tidy.table))]
    later = take(demo, LATER)
    assert later != listed
    changed = " ".join(published.differences(report(demo, later)))
    for figure in ("participants_total 2020", "measures_total 2020", "'2020', 'new', 'sickness_benefit'"):
        assert figure in changed


@pytest.mark.without_participants
def test_the_demo_without_persons_counts_everyone_as_heads(demo: Home) -> None:
    snapshot = demo.run("snapshot", "list").stdout.split()[0]
    assert not (demo.folder / "snapshots" / snapshot / "persons.parquet").exists()
    tables = {tidy.table.name: tidy.table for tidy in report(demo, snapshot).tables}
    totals = tables["totals"].cells
    counted = [totals["2020", figure, TOTAL][0].value for figure in ("anonymous", "volume")]
    assert sum(int(value or 0) for value in counted) == 24867
    assert totals["2020", "identified", TOTAL][0].value is None


@pytest.mark.once
def test_a_first_run_is_read_in_a_glance(made: Home) -> None:
    """Of its ten lines the installing takes three or four and the server's address one; the demo has the other five."""
    steps = (made.folder.parent / "steps").read_text("utf-8").splitlines()
    assert 1 < len(steps) <= 5
    assert all(step.startswith("… ") for step in steps)
