"""Spark that can't be had is refused in a sentence that says what to do; none of it needs Java."""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from finsam.snapshots import engines, rules, spark
from tests.snapshots import folders

pytestmark = pytest.mark.usefixtures("home")


def refused(master: str = "") -> str:
    """The sentence a session is refused with."""
    with pytest.raises(ValidationError) as refusal, spark.session(master):
        pass
    (sentence,) = refusal.value.messages
    return str(sentence)


@pytest.fixture
def java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Java that is found, so that something else is what is missing."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/java").write_text("#!/bin/sh\necho 'openjdk version \"17.0.15\"' >&2\n")
    (tmp_path / "bin/java").chmod(0o700)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))


@pytest.fixture
def deaf() -> Iterator[str]:
    """An address on this machine where nobody answers."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{held.getsockname()[1]}"


def test_without_pyspark_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    assert refused() == (
        "Spark är inte installerat. Installera det: .venv/bin/python -m pip install -r requirements-spark.lock"
    )


def test_without_java_the_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert refused() == (
        "Spark behöver Java 17 eller nyare. Installera det (Debian: apt install openjdk-17-jre-headless)."
    )


@pytest.mark.parametrize("version", ['java version "1.8.0_352"', 'openjdk version "11.0.2"', "no Java at all"])
def test_an_old_java_is_refused_with_the_same_sentence(java: None, tmp_path: Path, version: str) -> None:
    (tmp_path / "bin/java").write_text(f"#!/bin/sh\necho '{version}' >&2\n")
    assert refused().startswith("Spark behöver Java 17 eller nyare.")


@pytest.mark.parametrize("scheme", ["spark://", "sc://"])
def test_a_master_that_does_not_answer_is_refused_at_once(java: None, deaf: str, scheme: str) -> None:
    assert refused(scheme + deaf) == (
        f"Spark svarar inte på {scheme}{deaf}. Kontrollera adressen i --master, "
        "eller utelämna den och räkna på den här datorn."
    )


@pytest.mark.parametrize("master", ["spark://", "spark://nowhere:port", "http://127.0.0.1", "duckdb"])
def test_what_is_no_address_is_refused(java: None, master: str) -> None:
    assert refused(master).startswith(f"Spark svarar inte på {master}.")


def test_a_snapshot_is_refused_before_spark_is_started(tmp_path: Path) -> None:
    place = folders.described(folders.written(tmp_path / "newer", 0), rules.SCHEMA_VERSION + 1)
    with pytest.raises(ValidationError, match="nyare version"), engines.tables(place, engines.Engine("spark")):
        pass
