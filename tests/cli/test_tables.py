"""`finsam check-table`: findings alone on standard output, the rest on standard error, and a code that says which."""

from pathlib import Path

import pytest

from tests.cli.homes import Home, refused

pytestmark = pytest.mark.once

REFERENCE = Path(__file__).parents[1] / "reference" / "participants_2016_2020.csv"


def test_the_two_wrong_totals_are_named_one_a_line(empty: Home) -> None:
    done = empty.run("check-table", REFERENCE)
    rows = [line.partition(":")[0] for line in done.stdout.splitlines()]
    assert (done.returncode, rows) == (1, ["2016,new,activity_compensation", "2018,ongoing,sickness_benefit"])
    assert done.stderr == "2 fel i participants_2016_2020.csv.\n"
    assert empty.files() == set()


def test_a_table_that_holds_together_says_so(empty: Home, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("\ufefflän;women;men;total\r\nVäst;1 000;5;1 005\r\n", "utf-8")
    done = empty.run("check-table", table)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "table.csv håller ihop.\n")


def test_what_cannot_be_read_is_refused(empty: Home, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("year,measures\n2020,3\n", "utf-8")
    assert "Tabellen ska ha kolumnerna Kvinnor, Män" in refused(empty.run("check-table", table))
    table.write_bytes(b"\xff\xfe")
    assert "Filen är tom" in refused(empty.run("check-table", table))
    table.write_bytes(b"a,\x81")
    assert "inte text i UTF-8 eller Windows-1252" in refused(empty.run("check-table", table))
    assert "finns inte" in refused(empty.run("check-table", tmp_path / "missing.csv"))
