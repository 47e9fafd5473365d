"""The source as the house tests read it: files, syntax trees and templates, each parsed once."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "finsam"
ROOMS: tuple[str, ...] = settings.ROOMS

# Modules that are one of the four under a name of their own, because the house gives them one.
ALSO = {
    ("participants", "actions"): ("erasure", "linkage", "rotation"),
    ("editions", "actions"): ("run_actions",),
    ("editions", "queries"): ("run_queries", "page_queries"),
    ("table_builder", "actions"): ("free_actions",),
    ("table_builder", "queries"): ("free_queries",),
}


@cache
def modules() -> dict[Path, ast.Module]:
    """Every module of the product, migrations apart, with its syntax tree."""
    return {path: tree(path) for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts}


@cache
def everything() -> dict[Path, ast.Module]:
    """Every Python file of the repository, migrations apart."""
    folders = [ROOT / name for name in ("scripts", "tests", "bench")]
    others = {path: tree(path) for folder in folders for path in sorted(folder.rglob("*.py"))}
    return modules() | others


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def templates() -> dict[str, Path]:
    """Every template by the name it is rendered by."""
    found = sorted(path for path in PACKAGE.rglob("templates/**/*") if path.is_file())
    return {str(path).split("/templates/", 1)[1]: path for path in found}


def name(path: Path) -> str:
    """A file's place in the repository, as a sentence names it."""
    return str(path.relative_to(ROOT))


def dotted(path: Path) -> str:
    """The name by which a module of the product is imported."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def functions(module: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method in a tree."""
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def public_functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions a module offers to others."""
    return (node for node in module.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"))


def length(node: ast.stmt) -> int:
    """How many lines a statement takes, decorators apart."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def lines(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text("utf-8").splitlines())


def files_of(room: str, kind: str) -> list[Path]:
    """A room's models, rules, queries or actions: one module, or a package of that name split by subject."""
    folder = PACKAGE / room
    names = [kind, *ALSO.get((room, kind), ())]
    found = [path for name in names for path in (folder / f"{name}.py", *sorted((folder / name).glob("*.py")))]
    return [path for path in found if path in modules()]
