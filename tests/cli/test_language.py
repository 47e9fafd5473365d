"""The command line speaks Swedish whatever the machine does, and English where FINSAM_LANGUAGE asks for it."""

import json
import os
import re
import subprocess
import sys

import pytest

from tests.cli.homes import Home, refused
from tests.cli.test_help import leaves

# What an English text would not hold but for names: letters, and small words that English lacks.
SWEDISH = re.compile(
    r"[åäöÅÄÖ]|(?:^|\s)”|\b(?:och|att|som|inte|utan|eller|till|från|av|det|kommando|val)\b", re.IGNORECASE
)
COLUMNS = "Kvinnor, Män and Totalt"  # of a published table, which are Swedish in any language
HELPS = """
import contextlib, io, json, sys
from finsam.cli.main import answer
said = []
for path in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        answer([*path, "--help"])
    said.append(out.getvalue())
print(json.dumps({"helps": said, "apps": "django.apps" in sys.modules}))
"""


def helps(**environment: str) -> dict[str, list[str]]:
    """The help of every command in a Python of its own: the language is that of the whole run."""
    kept = {name: value for name, value in os.environ.items() if name not in {"LC_ALL", "LANG", "LANGUAGE"}}
    done = subprocess.run(
        [sys.executable, "-c", HELPS],
        env={**kept, "COLUMNS": "80", **environment},
        input=json.dumps(leaves()),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.once
def test_in_english_no_command_explains_itself_in_swedish() -> None:
    told = helps(FINSAM_LANGUAGE="en")["helps"]
    assert len(told) == len(leaves()) > 20
    for path, text in zip(leaves(), told, strict=True):
        assert text.startswith(f"Usage: {' '.join(('finsam', *path))} ")
        assert "Options:\n" in text
        assert not SWEDISH.findall(" ".join(text.split()).replace(COLUMNS, "")), text


@pytest.mark.once
def test_a_swedish_help_would_be_found() -> None:
    assert all(SWEDISH.search(text) for text in helps()["helps"])


@pytest.mark.once
@pytest.mark.parametrize(
    "machine", [{"LANG": "C"}, {"LC_ALL": "en_US.UTF-8", "LANGUAGE": "en"}, {"FINSAM_LANGUAGE": ""}]
)
def test_whatever_the_machine_speaks_the_command_line_is_swedish(machine: dict[str, str]) -> None:
    assert helps(**machine)["helps"][0].startswith("Så här: finsam [VAL] KOMMANDO")


@pytest.mark.once
@pytest.mark.parametrize("language", ["sv", "en"])
def test_help_loads_no_app(language: str) -> None:
    """It shows at once: Django's apps take several times as long as all the rest."""
    assert not helps(FINSAM_LANGUAGE=language)["apps"]


def test_commands_and_rooms_answer_in_english(prepared: Home) -> None:
    home = prepared.but(FINSAM_LANGUAGE="en")
    assert home.run("snapshot", "list").stderr == "There are no snapshots yet. Take one: finsam snapshot take\n"
    assert refused(home.run("reprot")) == "There is no command “reprot”. See the help: finsam --help"
    assert refused(home.run("snapshot", "take", "--as-of", "soon")) == (
        "“soon” is not a date. Write it like 2021-03-31. See the help: finsam snapshot take --help"
    )
    said = refused(home.run("snapshot", "verify", "2021-01-31-x"))  # what the room says
    assert not SWEDISH.findall(said), said
    taken = home.run("snapshot", "take")
    assert "… reading records" in taken.stderr
    assert taken.stdout == prepared.run("snapshot", "take").stdout  # what is written is the same in any language


def test_a_home_that_is_empty_or_told_wrong_is_refused_in_english(empty: Home) -> None:
    home = empty.but(FINSAM_LANGUAGE="en")
    assert refused(home.run("snapshot", "list")).endswith(
        "finsam init (an empty home) or finsam demo (invented people)."
    )
    wrong = home.but(FINSAM_THRESHOLD="1")
    assert refused(wrong.run("snapshot", "list")).startswith("FINSAM_THRESHOLD must be a whole number, at least")
