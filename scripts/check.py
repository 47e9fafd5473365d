"""Every check that runs no test: format, lint, types, contracts, migrations, translations, generated docs."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from scripts import environment

ROOT: Final = Path(__file__).resolve().parents[1]
PYTHON: Final = sys.executable
BIN: Final = Path(PYTHON).parent

# What depends on which rooms are installed; the rest reads the source alone and is the same in every leg.
BY_ROOMS: Final[Mapping[str, Sequence[str | Path]]] = {
    "system": [PYTHON, "-m", "django", "check", "--fail-level=WARNING"],
    "migrations": [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
}
ALL: Final[Mapping[str, Sequence[str | Path]]] = {
    "types": [BIN / "mypy"],
    "format": [BIN / "ruff", "format", "--check", "."],
    "lint": [BIN / "ruff", "check", "."],
    "templates": [BIN / "djlint", "src/finsam", "--lint", "--quiet"],
    "contracts": [BIN / "lint-imports", "--no-logo"],
    "translations": [PYTHON, "-m", "scripts.messages", "check"],
    "generated docs": [PYTHON, "-m", "scripts.docs", "check"],
    **BY_ROOMS,
}


def main() -> None:
    """Run the checks, two at a time, and say which failed and why, and last what was checked and how long it took."""
    environment.install_for_tests()
    begun = time.monotonic()
    without = os.environ.get("FINSAM_WITHOUT", "")
    checks = BY_ROOMS if without else ALL
    failed = failures(checks, without)
    took = f"{time.monotonic() - begun:.1f} s"
    if failed:
        sys.exit(f"Failed checks after {took}: {', '.join(failed)}")
    print(f"Checked in {took}: {', '.join(checks)}")


def failures(checks: Mapping[str, Sequence[str | Path]], without: str) -> list[str]:
    """The names of the checks that fail, each with its output on the screen."""
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(2) as pool:
        ours = {"DJANGO_SETTINGS_MODULE": "finsam.config.settings", "FINSAM_HOME": home, "FINSAM_WITHOUT": without}
        env = {**os.environ, **ours, "FINSAM_DATABASE_URL": "", "FINSAM_KEYS": "", "FINSAM_ADDRESS": ""}
        verdicts = pool.map(lambda name: check(name, checks[name], env), checks)
        return [name for name, passed in zip(checks, verdicts, strict=True) if not passed]


def check(name: str, command: Sequence[str | Path], env: Mapping[str, str]) -> bool:
    """Run one check and tell how it went."""
    begun = time.monotonic()
    done = subprocess.run(command, check=False, cwd=ROOT, env=env, capture_output=True, text=True)
    passed = done.returncode == 0
    print(f"{name}: {'ok' if passed else 'FAILED'} ({time.monotonic() - begun:.1f} s)", flush=True)
    if not passed:
        print(done.stdout + done.stderr, flush=True)
    return passed


if __name__ == "__main__":
    main()
