"""`finsam edition` and `finsam attack` on a real home: two folders alike, two people, and codes for each answer."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.homes import Home, refused
from tests.cli.test_backups import contents

pytestmark = pytest.mark.once

COMPILE = ("edition", "compile", "--report", "national-annual", "--year", "2020")


@pytest.fixture
def filled(filled: Home) -> Home:
    """A home with records, a snapshot and two analysts."""
    filled.do("tests.cli.analysts")
    return filled


def line(done: subprocess.CompletedProcess[str]) -> str:
    assert not done.returncode, done.stderr
    return done.stdout.strip()


def test_an_edition_goes_from_draft_to_correction(filled: Home, other: Home, tmp_path: Path) -> None:
    nothing = filled.run("edition", "list")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "finsam edition compile" in nothing.stderr
    assert "Välj 5 eller högre" in refused(filled.run(*COMPILE, "--threshold", "4"))
    one = line(filled.run(*COMPILE, "--out", tmp_path / "A"))
    assert line(filled.run(*COMPILE, "--out", tmp_path / "B")) == one
    assert contents(tmp_path / "A") == contents(tmp_path / "B")
    assert "inte en tom mapp" in refused(filled.run(*COMPILE, "--out", tmp_path / "B"))
    assert "Inget är publicerat än" in filled.run("attack").stderr
    assert "Granska utgåvan först" in refused(filled.run("edition", "publish", one, "--as", "anna@example.invalid"))
    line(filled.run("edition", "review", one, "--as", "anna@example.invalid"))
    assert "Anna Provsson" in refused(filled.run("edition", "publish", one))
    assert "Ingen användare har" in refused(filled.run("edition", "publish", one, "--as", "nobody@example.invalid"))
    line(filled.run("edition", "publish", one, "--as", "anna@example.invalid"))

    silent = filled.run("attack")
    assert (silent.returncode, silent.stdout) == (0, "")
    assert "kan vad som helst ha ändrats" in silent.stderr
    unknown = filled.run("attack", "--as-if", "national-annual-2020-000000000000")
    assert "Det finns ingen utgåva" in refused(unknown)

    replace = ("edition", "replace", one, "--as", "anna@example.invalid")
    assert "--reason saknas" in refused(filled.run(*replace, "--table", "totals"))
    because = ("--reason", "Prov.")
    assert "--table saknas" in refused(filled.run(*replace, *because))
    assert "ändrar ingen siffra" in refused(filled.run(*replace, *because, "--table", "totals"))
    newer = filled.do("tests.cli.recounting").strip()
    assert "TABELL=suppress" in refused(filled.run(*replace, *because, "--table", "totals", "--method", "totals=hide"))
    how = ("--table", "totals", "--snapshot", newer, "--without", "need_groups")
    two = line(filled.run(*replace, *because, *how))
    assert "utelämnad" in (filled.folder / "editions" / two / "report.html").read_text("utf-8")
    line(filled.run("edition", "review", two))
    changed = filled.run("attack", "--as-if", two)
    assert (changed.returncode, changed.stdout) == (0, "")
    assert "så få ändrats" in changed.stderr
    assert "alva@example.invalid" in refused(filled.run("edition", "publish", two, "--as", "anna@example.invalid"))
    line(filled.run("edition", "publish", two, "--as", "alva@example.invalid"))
    listed = line(filled.run("edition", "list")).splitlines()
    assert [row.split()[:2] for row in listed] == [[two, "publicerad"], [one, "ersatt"]]
    assert [row.split()[-1] for row in listed] == ["national-annual-2020-2", "national-annual-2020-1"]
    assert "ändras aldrig" in refused(filled.run("edition", "review", "national-annual-2020-2"))

    line(filled.run("backup", tmp_path / "home.tar"))
    line(other.run("restore", tmp_path / "home.tar"))
    assert contents(other.folder / "editions") == contents(filled.folder / "editions")


def test_an_edition_that_leaks_is_named_and_not_published(filled: Home) -> None:
    filled.do("tests.cli.planting")
    one = line(filled.run("edition", "list")).split()[0]
    attacked = filled.run("attack", "--as-if", one)
    assert (attacked.returncode, attacked.stdout) == (1, "t\n")
    assert "går att räkna ut" in attacked.stderr
    sentence = refused(filled.run("edition", "publish", one, "--as", "anna@example.invalid"))
    assert "En dold siffra går att räkna ut i ”Påhittad tabell”." in sentence
    assert "granskad" in filled.run("edition", "list").stdout


@pytest.mark.parametrize(
    "written",
    [
        COMPILE,
        ("edition", "review", "x"),
        ("edition", "publish", "x"),
        ("edition", "replace", "x", "--reason", "y", "--table", "z"),
        ("edition", "list"),
        ("attack",),
    ],
    ids=" ".join,
)
def test_an_empty_home_says_what_to_do(empty: Home, written: tuple[str, ...]) -> None:
    assert "Kör först: finsam init" in refused(empty.run(*written))


def test_a_year_without_a_snapshot_says_which_to_take(prepared: Home) -> None:
    assert "finsam snapshot take --as-of 2021-01-31" in refused(prepared.run(*COMPILE))
