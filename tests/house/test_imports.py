"""Any module may come first, and an import waits inside a function only where waiting is worth it."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from tests.house import source

pytestmark = pytest.mark.once

HELP = "help shows at once: the command alone loads what it needs"
FRAMES = "a server and most commands start without the data frames, which take as long to load as all the rest"
FORMATS = "what sets PDF and Excel is loaded by whoever writes files"
ABSENT = "the room of persons may be left out"
LIGHT = "a process of one task loads no more than that takes"
STARTED = "Django knows the models only when it has started"
SPARK = "installed only where it is asked for"

# Who waits with what, and why.
WAITS: dict[str, Mapping[str, str]] = {
    FRAMES: {
        "editions.actions": "snapshots.engines statistics.relations.identity",
        "editions.provenance": "reports.registry",
        "editions.queries": "editions.stored.linking reports.source statistics.relations.identity",
        "editions.run_actions": "snapshots.engines",
        "editions.run_queries": "reports.registry",
        "late.actions": "late.counting",
        "late.queries": "late.counting late.presentation",
        "snapshots.actions": "snapshots.extract.extract",
        "snapshots.denominators": "statistics.figures.participation",
        "snapshots.extract.extract": "snapshots.person_years",
        "snapshots.linkage": "statistics.tables.tables",
        "snapshots.writing": "snapshots.person_years",
        "table_builder.former_answers": (
            "editions.queries editions.stored.content publications.blocks reports.commission"
            " reports.special.question table_builder.answer"
        ),
        "table_builder.free_actions": (
            "reports.special.counting reports.special.report reports.special.words snapshots.engines"
        ),
        "table_builder.free_queries": (
            "reports.special.counting reports.special.question snapshots.engines table_builder.choices"
            " table_builder.working_files table_builder.working_layout table_builder.working_table"
        ),
        "table_builder.open_queries": (
            "publications.formats.html publications.formats.xlsx reports.open_tables.cubes table_builder.open_choice"
            " table_builder.open_cube table_builder.open_layout"
        ),
    },
    HELP: {
        "cli.attack": "editions.queries",
        "cli.check_table": "editions.consistency",
        "cli.codes": "codes.actions",
        "cli.demo": "access.roles demo.load demo.users",
        "cli.denominators": "snapshots.actions",
        "cli.edition": "editions.actions editions.consistency editions.queries editions.run_queries snapshots.queries",
        "cli.home.opening": "access.clock access.queries codes.queries participants.queries",
        "cli.home.upgrading": "access.remains access.actions codes.actions table_builder.free_queries",
        "cli.init": "access.actions access.roles",
        "cli.keys": "participants.rotation",
        "cli.late": "late.actions late.queries",
        "cli.link": "participants.linkage participants.queries snapshots.actions snapshots.queries",
        "cli.main": "cli.home.database_errors",
        "cli.report": "editions.run_actions editions.run_queries snapshots.queries",
        "cli.serving.work": "background.actions cli.home.database_errors cli.home.opening",
        "cli.snapshot": "snapshots.actions snapshots.queries",
        "cli.terminal": "publications.formats.writer",
        "cli.user": "access.actions access.queries interventions.queries",
    },
    ABSENT: {
        "demo.load": "demo.described demo.people",
        "snapshots.extract.extract": "snapshots.extract.persons",
    },
    FORMATS: {
        "editions.run_actions": "publications.formats.writer",
        "editions.stored.places": "publications.formats.writer",
    },
    STARTED: {
        "interventions.apps": "associations.holdings interventions.queries",
        "participants.apps": "associations.holdings participants.queries",
        "table_builder.apps": "editions.stored.former table_builder.former_answers",
    },
    LIGHT: {
        "snapshots.extract.sqlite_reader": "snapshots.extract.arrow",
    },
    SPARK: {
        "snapshots.engines": "snapshots.spark",
    },
}
LOADS = {FRAMES: {"duckdb", "ibis", "pyarrow"}, FORMATS: {"pikepdf", "typst"}}


def within(path: Path) -> str:
    """A module's name within the product."""
    return source.dotted(path).removeprefix("finsam").removeprefix(".")


def named(node: ast.AST) -> Iterator[str]:
    """The modules that a statement imports; a name in a module of ours counts as the module."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            inside = f"{node.module}.{alias.name}"
            yield inside if is_ours(inside) else node.module


def is_ours(name: str) -> bool:
    path = source.PACKAGE.parent.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def waiting(tree: ast.AST) -> set[str]:
    """Our modules that a module imports only when a function of it is called."""
    inner = (node for function in source.functions(tree) for node in ast.walk(function))
    return {name.removeprefix("finsam.") for node in inner for name in named(node) if name.startswith("finsam.")}


def at_once(tree: ast.AST) -> Iterator[ast.AST]:
    """The statements that are done when a module is loaded."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)):
            yield node
            yield from at_once(node)


def loads(module: str, known: Mapping[str, ast.AST], seen: set[str]) -> set[str]:
    """The packages of others that are loaded with a module."""
    if module in seen:
        return set()
    seen.add(module)
    if module not in known:
        return {module.partition(".")[0]}
    found = {name.removeprefix("finsam.") for node in at_once(known[module]) for name in named(node)}
    return set().union(*(loads(name, known, seen) for name in sorted(found)))


def listed() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for modules in WAITS.values():
        for module, waited in modules.items():
            found.setdefault(module, set()).update(waited.split())
    return found


def tried(*arguments: str | Path) -> dict[str, Any]:
    """What is told of every module of a package when it is imported alone."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "finsam.config.settings", "FINSAM_WITHOUT": ""}
    command = [sys.executable, "-m", "tests.house.alone", *map(str, arguments)]
    done = subprocess.run(command, cwd=source.ROOT, env=env, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_every_module_can_be_imported_first():
    told = tried()
    assert not told["failing"]
    assert told["tried"] == len([path for path in source.modules() if path.stem not in {"__main__", "wsgi"}])


def test_a_circle_is_found_that_shows_only_when_one_of_its_modules_comes_first(tmp_path):
    planted = tmp_path / "planted"
    planted.mkdir()
    (planted / "__init__.py").write_text("")
    (planted / "first.py").write_text("from planted import second\nNAME = 1\n")
    (planted / "second.py").write_text("from planted.first import NAME\n")
    found = tried("planted", tmp_path)["failing"]
    assert list(found) == ["planted.first"]
    assert "NAME" in found["planted.first"]


def test_only_what_is_listed_is_imported_inside_a_function():
    found = {within(path): waits for path, tree in source.modules().items() if (waits := waiting(tree))}
    assert found == listed()


def test_an_import_inside_a_function_is_found():
    planted = ast.parse(
        dedent("""
        import json
        from finsam.values import days
        def asked():
            import io
            from finsam.values import shares
            from finsam.values.periods import Period
        """)
    )
    assert waiting(planted) == {"values.shares", "values.periods"}


@pytest.mark.parametrize("reason", LOADS)
def test_what_is_waited_with_loads_what_the_reason_says(reason):
    known = {within(path): tree for path, tree in source.modules().items()}
    idle = {
        module: waited
        for module, waited in WAITS[reason].items()
        if not any(loads(name, known, set()) & LOADS[reason] for name in waited.split())
    }
    assert not idle


def test_a_reason_that_does_not_hold_is_found():
    known = {"a": ast.parse("from finsam.b import name"), "b": ast.parse("def later():\n    import ibis")}
    assert "ibis" not in loads("a", known, set())
    known["b"] = ast.parse("import ibis.expr")
    assert "ibis" in loads("a", known, set())
