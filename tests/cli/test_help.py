"""The command line explains itself in Swedish, and answers wrong commands with one sentence."""

import re
import sqlite3
from pathlib import Path

import click
import pytest
from django.db import OperationalError

from finsam.cli.commands import Group
from finsam.cli.main import answer, finsam

ENGLISH = re.compile(r"\b(Usage|Options|Commands|Show|exit|required|default|Error|the|and)\b")


def leaves(group: click.Command = finsam, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command as it is written, groups too."""
    inner = group.commands.items() if isinstance(group, Group) else ()
    return [path, *(leaf for name, one in inner for leaf in leaves(one, (*path, name)))]


@pytest.mark.parametrize("path", leaves(), ids=" ".join)
def test_every_command_explains_itself_in_swedish(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert answer([*path, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"Så här: {' '.join(('finsam', *path))}")
    assert not ENGLISH.findall(text)


def test_the_first_page_names_every_command_and_where_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    answer(["--help"])
    text = capsys.readouterr().out
    for name in finsam.commands:
        assert f"\n  {name} " in text
    assert text.index("demo") < text.index("init") < text.index("serve")
    assert "FINSAM_HOME" in text


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("reprot", "Kommandot ”reprot” finns inte. Se hjälpen: finsam --help"),
        ("snapshot tkae", "Kommandot ”tkae” finns inte. Se hjälpen: finsam snapshot --help"),
        ("snapshot take --as-off 2021-01-31", "Valet --as-off finns inte. Se hjälpen: finsam snapshot take --help"),
        ("snapshot take --as-of 2021-02-30", "”2021-02-30” är inget datum. Skriv som 2021-03-31."),
        ("snapshot take --as-of", "Valet --as-of är ofullständigt"),
        ("report national-annual --year 20 --out A", "”20” går inte. Skriv ett heltal från 2005 till 2100."),
        ("report national-annual --out A", "--year saknas. Se hjälpen: finsam report --help"),
        ("report", "RAPPORT saknas. Se hjälpen: finsam report --help"),
        ("serve --port 0", "”0” går inte. Skriv ett heltal från 1 till 65535."),
        ("codes import missing.csv", "Filen missing.csv finns inte."),
        ("backup", "FIL saknas."),
        ("backup A B", "B"),
    ],
)
def test_a_command_that_is_written_wrong_gets_one_sentence(
    written: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(written.split()) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert words in shown.err
    assert not ENGLISH.findall(shown.err)


def test_commands_alone_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    for written in ([], ["snapshot"]):
        assert answer(written) == 0
        assert "Kommandon:" in capsys.readouterr().out


def test_the_commands_are_those_the_package_installs() -> None:
    script = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    assert 'finsam = "finsam.cli.main:run"' in script


@pytest.mark.parametrize("reason", ["no such table: nothing", 'near "-": syntax error'])
def test_a_bug_is_not_told_as_a_database_that_is_away(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cause = sqlite3.OperationalError(reason)
    cause.sqlite_errorcode = sqlite3.SQLITE_ERROR

    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError(reason) from cause

    monkeypatch.setattr(finsam, "main", broken)
    with pytest.raises(OperationalError):
        answer([])


def test_a_database_that_is_locked_or_full_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = sqlite3.SQLITE_FULL

    def full(*args: object, **kwargs: object) -> None:
        raise OperationalError("database or disk is full") from cause

    monkeypatch.setattr(finsam, "main", full)
    assert answer([]) == 2
    assert capsys.readouterr().err.startswith("Disken är full.")
