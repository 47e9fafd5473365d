"""What the other commands do in a home that is there."""

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.homes import Home, refused
from tests.cli.test_homes import execute

pytestmark = pytest.mark.once

CODES = "list,code,label,label_en,parent,first_day,ends_before,source,verified"


def test_snapshots_are_taken_listed_and_verified(prepared: Home) -> None:
    nothing = prepared.run("snapshot", "list")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    taken = prepared.run("snapshot", "take", "--as-of", "2021-01-31")
    identifier = taken.stdout.strip()
    assert identifier.startswith("2021-01-31-")
    assert "… läser poster" in taken.stderr
    assert prepared.run("snapshot", "take", "--as-of", "2021-01-31").stdout.strip() == identifier
    assert prepared.run("snapshot", "list").stdout.startswith(f"{identifier}  ")
    assert prepared.run("snapshot", "verify").stdout == f"{identifier}  hel\n"
    file = prepared.folder / "snapshots" / identifier / "codes.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    damaged = prepared.run("snapshot", "verify", identifier)
    assert damaged.returncode == 2
    assert damaged.stdout == f"{identifier}  codes.parquet är ändrad\n"
    assert "har ändrats" in damaged.stderr or "är ändrad" in damaged.stderr
    assert "Det finns ingen ögonblicksbild med ID" in refused(prepared.run("snapshot", "verify", "2021-01-31-x"))
    assert "inte kommit" in refused(prepared.run("snapshot", "take", "--as-of", "2999-01-01"))


def test_a_report_says_which_snapshot_it_lacks(prepared: Home, tmp_path: Path) -> None:
    written = ("report", "national-annual", "--year", "2020", "--out", tmp_path / "A")
    sentence = refused(prepared.run(*written))
    assert "finsam snapshot take --as-of 2021-01-31" in sentence
    assert not (tmp_path / "A").exists()
    assert "Det finns ingen ögonblicksbild" in refused(prepared.run(*written, "--snapshot", "2021-01-31-000000000000"))
    assert "Välj en av: national-annual" in refused(prepared.run("report", "annual", *written[2:]))


def named(sentence: str) -> list[str]:
    """The command that takes a snapshot, as a sentence names it."""
    (command,) = re.findall(r"finsam (snapshot take --as-of [0-9-]+)", sentence)
    return command.split()


def test_every_command_for_a_snapshot_that_a_refusal_names_is_accepted(prepared: Home, tmp_path: Path) -> None:
    this_year = prepared.run("snapshot", "take").stdout[:4]  # of which no 31 January has come
    written = ("report", "national-annual", "--out", tmp_path / "A", "--year")
    for year in ("2020", this_year, "2100"):
        for home in (prepared.folder / "snapshots").iterdir():
            shutil.rmtree(home)
        execute(prepared, "DELETE FROM snapshots_snapshot")
        done = prepared.run(*named(refused(prepared.run(*written, year))))
        assert done.returncode == 0, done.stderr
        taken = done.stdout.strip()
        (prepared.folder / "snapshots" / taken / "codes.parquet").unlink()
        again = prepared.run(*named(refused(prepared.run(*written, year, "--snapshot", taken))))
        assert again.stdout.strip() == taken
        assert prepared.run("snapshot", "verify", taken).stdout == f"{taken}  hel\n"
    assert prepared.run(*named(refused(prepared.run("late")))).stdout.strip() != taken


def test_a_report_is_written_into_a_new_or_empty_folder_only(prepared: Home, tmp_path: Path) -> None:
    prepared.run("snapshot", "take", "--as-of", "2021-02-01")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").write_text("mine")
    written = ("report", "national-annual", "--year", "2020", "--out")
    assert "inte en tom mapp" in refused(prepared.run(*written, tmp_path / "mine"))
    (tmp_path / "empty").mkdir()
    done = prepared.run(*written, tmp_path / "empty")
    assert done.returncode == 0, done.stderr
    assert "… räknar ur 2021-02-01-" in done.stderr
    assert {path.name for path in (tmp_path / "empty").iterdir()} >= {"report.html", "report.pdf", "manifest.json"}


def test_a_report_is_written_in_english_when_asked(prepared: Home, tmp_path: Path) -> None:
    prepared.run("snapshot", "take", "--as-of", "2021-02-01")
    written = ("report", "national-annual", "--year", "2020", "--language")
    assert "”fi” går inte. Välj sv eller en." in refused(prepared.run(*written, "fi", "--out", tmp_path / "fi"))
    assert not (tmp_path / "fi").exists()
    done = prepared.run(*written, "en", "--out", tmp_path / "en")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "en" / "report.html").read_text("utf-8")
    assert '<html lang="en">' in page
    assert "Interventions financed through coordination associations in 2020" in page
    prepared.run(*written, "sv", "--out", tmp_path / "sv")
    figures = ({path.name: path.read_bytes() for path in (tmp_path / one / "csv").iterdir()} for one in ("en", "sv"))
    assert next(figures) == next(figures)


def test_codes_are_imported_all_or_none(prepared: Home, tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    good = "need_group,invented,Påhittad,Invented,,2021-01-01,,Provet,nej"
    file.write_text(f"{CODES}\n{good}\n", "utf-8-sig")
    assert prepared.run("codes", "import", file).stdout == "Nya rader: 1. Stängda: 0. Bekräftade: 0.\n"
    assert prepared.run("codes", "import", file).stdout == "Nya rader: 0. Stängda: 0. Bekräftade: 0.\n"
    file.write_text(f"{CODES}\n{good.replace('invented', 'other')}\nneed_group,x,X,X,,igår,,Provet,nej\n", "utf-8")
    assert "Rad 3" in refused(prepared.run("codes", "import", file))
    file.write_bytes(b"a,\x81")
    assert "inte text i UTF-8 eller Windows-1252" in refused(prepared.run("codes", "import", file))
    file.write_text(f"{CODES}\n{good.replace('nej', 'ja')[:-3]}\nneed_group,x\n", "utf-8")
    both = prepared.run("codes", "import", file)
    assert both.returncode == 2
    assert [line.partition(":")[0] for line in both.stderr.removeprefix("codes.csv: ").splitlines()] == [
        "Rad 2",
        "Rad 3",
        "Ingenting är importerat.",
    ]


def test_denominators_are_imported(prepared: Home, tmp_path: Path) -> None:
    file = tmp_path / "denominators.csv"
    header = "year,support,recipients,source,as_of"
    file.write_text(f"{header}\n2020,sickness_benefit,679631,Provet,2021-01-31\n")
    assert prepared.run("denominators", "import", file).stdout == "1 rad är ny eller ändrad.\n"
    file.write_text("year\n2020\n")
    assert "Filen ska ha kolumnerna" in refused(prepared.run("denominators", "import", file))
