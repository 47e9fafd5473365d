"""The plain tests are tried too: they need no Django, and one that begins it is found."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts import legs

pytestmark = pytest.mark.once

IMPORTED = "import pytest, sys; code = pytest.main(sys.argv[1:]); print('django' in sys.modules); sys.exit(code)"


def collected(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Collect tests, and so import them and all they are about, in a Python of their own."""
    command = [sys.executable, "-c", IMPORTED, "-q", "--collect-only", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=legs.ROOT)


def test_values_and_disclosure_control_import_no_django() -> None:
    done = collected(*legs.WITHOUT_DJANGO, "tests/values", "tests/disclosure")
    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith("\nFalse\n")


def test_rules_of_every_room_need_neither_rooms_nor_database() -> None:
    rooms = {path.parent.name for path in legs.ROOT.glob("src/finsam/*/rules.py")}
    assert rooms <= {Path(name).parent.name for name in legs.plain() if "test_rules" in name}
    done = collected(*legs.plain())
    assert done.returncode == 0, done.stdout


def test_a_test_that_begins_django_fails_the_run(tmp_path: Path) -> None:
    (tmp_path / "test_planted.py").write_text("import finsam.config.settings\n\n\ndef test_it():\n    pass\n", "utf-8")
    done = collected(
        *legs.WITHOUT_DJANGO,
        f"--rootdir={legs.ROOT}",
        f"--confcutdir={legs.ROOT}",
        f"-c{legs.ROOT}/pyproject.toml",
        "tests/values",
        str(tmp_path),
    )
    assert done.returncode == 1, done.stdout
    assert "finsam.config.settings was imported" in done.stdout + done.stderr
