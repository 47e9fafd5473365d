"""A first `make run` is read in a glance: ten lines of what it does, sign-ins once, and of installing only faults."""

import sys
from pathlib import Path

import pytest

from scripts import environment, run

pytestmark = pytest.mark.once

INSTALLING = 3  # lines: the environment, the packages, the assets


@pytest.fixture(autouse=True)
def copy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A copy of the product where nothing is installed yet, and nothing can be."""
    for name in ("requirements.lock", "pyproject.toml", "package-lock.json"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / ".venv").mkdir()
    for name, path in (("ROOT", tmp_path), ("VENV", tmp_path / ".venv"), ("BIN", tmp_path / ".venv" / "bin")):
        monkeypatch.setattr(environment, name, path)
    monkeypatch.setattr(environment, "PACKAGES", (tmp_path / "requirements.lock", tmp_path / "pyproject.toml"))
    monkeypatch.setattr(environment, "LOG", tmp_path / "install.log")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_installing_says_a_line_for_each_of_three_things(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "run", lambda *command, env=None: None)
    environment.main()
    said = capfd.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == INSTALLING


def test_what_a_command_says_is_written_to_the_log_alone(copy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    talk = "import sys; print('installed'); print('WARNING: not there', file=sys.stderr)"
    environment.run(sys.executable, "-c", talk)
    assert capfd.readouterr() == ("", "")
    assert {"installed", "WARNING: not there"} <= set((copy / "install.log").read_text("utf-8").splitlines())


def test_a_command_that_fails_shows_its_last_lines_and_names_the_log(copy: Path) -> None:
    talk = "for number in range(100): print('line', number)\nraise SystemExit(1)"
    with pytest.raises(SystemExit) as stopped:
        environment.run(sys.executable, "-c", talk)
    said = str(stopped.value).splitlines()
    assert "line 99" in said
    assert "line 70" not in said
    assert said[-1].endswith(str(copy / "install.log"))
    assert len(said) < environment.LAST + 5


def test_a_second_time_begins_a_new_log(monkeypatch: pytest.MonkeyPatch, copy: Path) -> None:
    (copy / "install.log").write_text("what was said last year")
    monkeypatch.setattr(environment, "run", lambda *command, env=None: None)
    environment.main()
    assert not (copy / "install.log").exists()


def test_the_demo_leaves_the_sign_ins_to_the_server_that_follows(copy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    finsam = copy / "finsam"
    finsam.write_text("#!/bin/sh\necho 'Logga in så här'\necho '… drar personer' >&2\n")
    finsam.chmod(0o755)
    run.make_demo(str(finsam))
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "… drar personer\n")
