"""How Finsam is run for real is written down as it is: every setting, every command, and what systemd and Caddy get."""

import re
from pathlib import Path

import pytest

from finsam.cli.main import finsam
from finsam.cli.serving.attached import GRACE, PIPE
from finsam.cli.serving.pages import STILL

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
DEPLOY, GUIDE = ROOT / "deploy", (ROOT / "docs" / "drift.md").read_text("utf-8")
SETTING = re.compile(r"""environ(?:\.get\(|\[)\s*["']([A-Z_]+)["']""")
COMMAND = re.compile(r"(?:bin/finsam|som-finsam) ([a-z-]+)")


def read_by_the_product() -> set[str]:
    """The variables of ours that the source asks the environment for."""
    found = {name for path in (ROOT / "src").rglob("*.py") for name in SETTING.findall(path.read_text("utf-8"))}
    return {name for name in found if name.startswith("FINSAM_")} - {PIPE} | {"PORT"}


def test_the_guide_says_what_each_setting_is_for() -> None:
    table = "\n".join(line for line in GUIDE.splitlines() if line.startswith("|"))
    assert read_by_the_product() == set(re.findall(r"`(FINSAM_[A-Z_]+|PORT)`", table))


def test_the_settings_of_the_units_are_read() -> None:
    written = set(re.findall(r"^#? ?([A-Z_]+)=", (DEPLOY / "finsam.env").read_text("utf-8"), flags=re.MULTILINE))
    assert written
    assert written <= read_by_the_product()


def test_what_is_run_is_a_command() -> None:
    texts = [GUIDE, *(path.read_text("utf-8") for path in DEPLOY.iterdir())]
    asked = {name for text in texts for name in COMMAND.findall(text)}
    assert {"serve", "backup", "snapshot", "upgrade", "restore", "init"} <= asked
    assert asked <= set(finsam.commands)


def test_every_file_to_run_with_is_told_of() -> None:
    for path in DEPLOY.iterdir():
        assert path.name in GUIDE or f"*{path.suffix}" in GUIDE or path.stem in GUIDE, path.name


def test_systemd_waits_longer_than_what_it_ends() -> None:
    unit = (DEPLOY / "finsam.service").read_text("utf-8")
    waits = re.search(r"^TimeoutStopSec=(\d+)$", unit, flags=re.MULTILINE)
    assert waits
    assert int(waits[1]) > 2 * GRACE


def test_the_proxy_hangs_up_before_we_do() -> None:
    kept = re.search(r"keepalive (\d+)s", (DEPLOY / "Caddyfile").read_text("utf-8"))
    assert kept
    assert int(kept[1]) < STILL
