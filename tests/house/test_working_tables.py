"""Exact figures stay with those who answer for the statistics: nothing else takes or is made of a `WorkingTable`."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent

from tests.house import source

EXACT = {"WorkingTable", "WorkingPage", "WorkingRow"}
# The modules of free questions: what is counted, laid out and written, and the one that asks for permission first.
THEIRS = {
    "finsam.table_builder.working_table",
    "finsam.table_builder.working_layout",
    "finsam.table_builder.working_files",
    "finsam.table_builder.free_queries",
}
LET_OUT = {"Cell", "Protected", "Counts", "Tidy", "Grid", "GridRow", "Publication", "read_back", "protect"}
GIVES = {"free_table", "free_page", "free_file"}
DOOR = "finsam.web.free_questions"


def names(tree: ast.AST) -> set[str]:
    """Everything that is named in a module, what is imported and what stands in annotations that are text too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names} | {alias.asname or "" for alias in node.names}
            found.add((node.module or "").rpartition(".")[2])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            found.add(node.value)
    return found


def taking(modules: Mapping[str, ast.Module]) -> Iterator[str]:
    """The modules that take an exact table and are not of free questions, or that could make something else of it."""
    for module, tree in modules.items():
        named = names(tree)
        if module in THEIRS:
            yield from (f"{module}: {name}" for name in sorted(LET_OUT & named))
        else:
            yield from (f"{module}: {name}" for name in sorted(EXACT & named))
            yield from (f"{module}: {name}" for name in sorted(GIVES & named) if module != DOOR or name == "free_table")


def dotted() -> dict[str, ast.Module]:
    return {source.dotted(path): tree for path, tree in source.modules().items()}


def test_nothing_but_free_questions_takes_an_exact_table_and_nothing_else_is_made_of_one() -> None:
    assert list(taking(dotted())) == []
    assert dotted().keys() >= THEIRS | {DOOR}


def test_one_that_takes_it_is_found() -> None:
    planted = ast.parse(
        dedent("""
        from finsam.table_builder.working_table import WorkingTable
        def page(table: "WorkingTable") -> None: ...
        """)
    )
    assert list(taking({"finsam.publications.formats.pdf": planted})) == [
        "finsam.publications.formats.pdf: WorkingTable"
    ]


def test_one_that_makes_something_of_it_is_found() -> None:
    planted = ast.parse("from finsam.disclosure.cells import Cell\nshown = Cell(3)")
    assert list(taking({"finsam.table_builder.working_files": planted})) == ["finsam.table_builder.working_files: Cell"]


def test_exact_figures_are_on_the_pages_of_free_questions_alone() -> None:
    """The templates that a page is given are the free ones, and each of them says what may not be done."""
    pages = {name: path for name, path in source.templates().items() if name.startswith("free/")}
    shown = {name for name, path in pages.items() if "line.cells" in path.read_text("utf-8")}
    assert shown == {"free/table.html"}
    assert "Får inte lämnas ut" in _text(pages["free/table.html"])
    assert "Får inte lämnas ut" in _text(pages["free/answer.html"])
    door = ast.unparse(dotted()[DOOR])
    assert "csv_bytes" not in door
    assert "blocks_html" not in door


def _text(path: Path) -> str:
    return path.read_text("utf-8")
