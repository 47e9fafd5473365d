"""What the demo gives is what it has given before, to the byte: nothing that moves or mends the house changes a figure.

`demo_tables.csv` holds for good. The other is replaced only by what changes protection or layout, with the reason in
its note.
"""

from pathlib import Path

import pytest

from tests.cli.homes import Home
from tests.demo import digests

REPORTS = ("national-annual", "national-results")

pytestmark = [pytest.mark.once, pytest.mark.participants]


def test_the_demos_snapshot_has_the_rows_it_has_always_had(demo: Home, tmp_path: Path) -> None:
    (snapshot,) = (demo.folder / "snapshots").iterdir()
    assert digests.differences("demo_tables.csv", digests.tables(snapshot), tmp_path) == []


def test_reports_and_editions_are_the_same_to_the_byte(demo: Home, tmp_path: Path) -> None:
    lines = ["publication,file,sha256"]
    for key in REPORTS:
        done = demo.run("report", key, "--year", "2020", "--out", tmp_path / key)
        assert not done.returncode, done.stderr
        lines += digests.files(key, tmp_path / key)
    for key in REPORTS:
        done = demo.run("edition", "compile", "--report", key, "--year", "2020")
        assert not done.returncode, done.stderr
        identifier = done.stdout.strip()
        lines += digests.files(f"{key} edition {identifier}", demo.folder / "editions" / identifier)
    assert digests.differences("demo_publications.csv", "\n".join([*lines, ""]), tmp_path) == []
