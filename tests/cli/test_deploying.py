"""A home with a public address, as Django's own checks for running in earnest see it."""

import subprocess
import sys

import pytest

from tests.cli.homes import Home

CHECK = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level=DEBUG", "--settings=finsam.config.settings"]


def check(home: Home) -> subprocess.CompletedProcess[str]:
    """What `check --deploy` says of a home."""
    return subprocess.run(CHECK, env=home.environment, capture_output=True, text=True, check=False, cwd="/")


def test_django_has_nothing_to_say_against_a_home_at_a_public_address(prepared: Home) -> None:
    """Clean, and nothing silenced; with the keys that `finsam init` made."""
    done = check(prepared.but(FINSAM_ADDRESS="https://finsam.example.se"))
    assert done.stderr == ""
    assert done.stdout == "System check identified no issues (0 silenced).\n"
    assert done.returncode == 0


@pytest.mark.once
def test_a_home_without_a_public_address_is_told_what_it_lacks(prepared: Home) -> None:
    done = check(prepared)
    assert done.returncode == 1
    assert {"security.W004", "security.W008", "security.W012"} <= {word.strip("?:()") for word in done.stderr.split()}
