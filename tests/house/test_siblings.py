"""The contract on circles counts imports inside functions and for types too: shown on packages planted with one."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house import source

pytestmark = pytest.mark.once

PLAIN = {
    "one/__init__.py": "",
    "one/a.py": "from planted.two import b\n",
    "two/__init__.py": "",
    "two/b.py": "NAME = 1\n",
}
INSIDE = "def late():\n    from planted.one import a\n    return a\n"
FOR_TYPES = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from planted.one import a\n"


def kept(folder: Path, files: dict[str, str]) -> bool:
    """Whether the product's own contract holds in a package of these files."""
    settings = tomllib.loads((source.ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (contract,) = (one for one in settings["contracts"] if one["type"] == "acyclic_siblings")
    assert not contract.get("ignore_imports")
    for name, text in {"__init__.py": "", **files}.items():
        path = folder / "planted" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    counted = str(settings["exclude_type_checking_imports"]).lower()
    (folder / "contracts.toml").write_text(
        f'[tool.importlinter]\nroot_package = "planted"\nexclude_type_checking_imports = {counted}\n'
        '[[tool.importlinter.contracts]]\nname = "siblings"\ntype = "acyclic_siblings"\nancestors = ["planted"]\n'
    )
    command = [
        str(Path(sys.executable).parent / "lint-imports"),
        "--config",
        "contracts.toml",
        "--no-cache",
        "--no-logo",
    ]
    env = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(command, cwd=folder, env=env, check=False, capture_output=True, text=True)
    assert "1 kept, 0 broken" in done.stdout or "0 kept, 1 broken" in done.stdout, done.stdout + done.stderr
    return done.returncode == 0


def test_the_contract_is_about_every_package():
    settings = tomllib.loads((source.ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    assert [one["ancestors"] for one in settings["contracts"] if one["type"] == "acyclic_siblings"] == [["finsam"]]
    assert not [one["name"] for one in settings["contracts"] if one.get("ignore_imports")]


def test_siblings_in_one_direction_are_let_be(tmp_path):
    assert kept(tmp_path, PLAIN)


@pytest.mark.parametrize(
    "back",
    ["from planted.one import a\n", INSIDE, FOR_TYPES],
    ids=["when it is loaded", "inside a function", "for types"],
)
def test_folders_in_a_circle_are_found(tmp_path, back):
    assert not kept(tmp_path, {**PLAIN, "two/c.py": back})


def test_modules_in_a_circle_are_found_deep_in_the_house(tmp_path):
    circle = {"two/in/__init__.py": "", "two/in/a.py": "from planted.two.inner import b\n"}
    inner = {name.replace("two/in/", "two/inner/"): text for name, text in circle.items()}
    assert not kept(
        tmp_path, {**PLAIN, **inner, "two/inner/b.py": "def late():\n    from planted.two.inner import a\n"}
    )
