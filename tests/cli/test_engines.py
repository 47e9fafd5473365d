"""Which engine counts a report, from the command line."""

from pathlib import Path

import pytest

from tests.cli.homes import Home, refused

pytestmark = pytest.mark.once


def test_a_spark_that_does_not_answer_is_a_sentence_and_leaves_no_report(prepared: Home, tmp_path: Path) -> None:
    assert not prepared.run("snapshot", "take").returncode
    written = ("report", "national-annual", "--year", "2020", "--out", tmp_path / "A")
    assert "spark://127.0.0.1:9" in refused(
        prepared.run(*written, "--engine", "spark", "--master", "spark://127.0.0.1:9")
    )
    assert not (tmp_path / "A").exists()


def test_a_master_without_spark_and_an_unknown_engine_are_refused(prepared: Home, tmp_path: Path) -> None:
    written = ("report", "national-annual", "--year", "2020", "--out", tmp_path / "A")
    assert "--engine spark" in refused(prepared.run(*written, "--master", "local[2]"))
    assert "duckdb eller spark" in refused(prepared.run(*written, "--engine", "abacus"))


def test_a_java_that_does_not_start_is_a_sentence_too(prepared: Home, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/java").symlink_to("/bin/false")
    prepared.run("snapshot", "take")
    written = ("report", "national-annual", "--year", "2020", "--out", tmp_path / "A", "--engine", "spark")
    assert "Java 17" in refused(prepared.but(JAVA_HOME=str(tmp_path)).run(*written))
    assert prepared.files() >= {"snapshots"}
    assert not [name for name in prepared.files() if name.startswith(".spilled")]
