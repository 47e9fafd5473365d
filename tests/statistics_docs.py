"""Write docs/statistics/ from the figures' own sentences and the text tables that specify them.

`python -m tests.statistics_docs --write` makes the pages anew; `--check` tells whether they are as they should be.
"""

import ast
import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "finsam"
TESTS = ROOT / "tests"
PAGES = ROOT / "docs" / "statistics"
MADE = "<!-- Made by `python -m tests.statistics_docs --write` from the code and its tests. Do not edit. -->\n"
CHAPTERS = {"statistics": "What is counted", "disclosure": "How it is protected"}  # folder of code, its chapter
BY_HAND = {"published-faults": "where the published report of 2020 contradicts itself"}


def pages() -> dict[Path, str]:
    """Make every page: one for each module that text tables specify, and the list of them in two chapters."""
    made: dict[Path, str] = {}
    chapters = []
    for folder, title in CHAPTERS.items():
        lines = []
        for module, tests in _specified(folder):
            made[PAGES / f"{_name(module)}.md"] = page(module, tests)
            lines.append(f"- [{_title(module)}]({_name(module)}.md): {_sentence(module)}")
        chapters.append("\n".join([f"## {title}", "", *lines]))
    chapters[0] += "".join(f"\n- [{_words(name)}]({name}.md): {what}" for name, what in BY_HAND.items())
    made[PAGES / "README.md"] = "\n\n".join([f"{MADE}# What is counted, and how it is protected", *chapters]) + "\n"
    return made


def page(path: Path, tests: Path) -> str:
    """Make the page of a module: its functions with their sentences, then its rules as text tables."""
    module = _tree(path)
    parts = [f"{MADE}# {_title(path)}", cleandoc(ast.get_docstring(module) or ""), *_functions(module)]
    parts += ["## Rules, as tested", *_rules(_tree(tests))]
    return "\n\n".join(parts) + "\n"


def _specified(folder: str) -> Iterator[tuple[Path, Path]]:
    """Each module, or folder of modules, that has tests with text tables, beside them."""
    for tests in sorted((TESTS / folder).glob("test_*.py")):
        stem = tests.stem.removeprefix("test_")
        found = [*(PACKAGE / folder).rglob(f"{stem}.py"), *(PACKAGE / folder).rglob(f"{stem}/__init__.py")]
        if found and any(_tables(node) for node in _tests(_tree(tests))):
            yield found[0], tests


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _tests(module: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def _name(path: Path) -> str:
    return path.parent.name if path.stem == "__init__" else path.stem


def _words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _title(path: Path) -> str:
    return _words(_name(path)).capitalize()


def _sentence(path: Path) -> str:
    return cleandoc(ast.get_docstring(_tree(path)) or "").split("\n", maxsplit=1)[0]


def _functions(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        words = ast.get_docstring(node) if isinstance(node, ast.FunctionDef | ast.ClassDef) else None
        if words and isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield f"## `{node.name}`\n\n{cleandoc(words)}"


def _rules(module: ast.Module) -> Iterator[str]:
    for node in _tests(module):
        yield "\n\n".join(
            [f"### {_words(node.name.removeprefix('test_')).capitalize()}", *_docstring(node), *_tables(node)]
        )


def _docstring(node: ast.FunctionDef) -> Iterator[str]:
    if words := ast.get_docstring(node):
        yield cleandoc(words)


def _tables(test: ast.FunctionDef) -> list[str]:
    """Find the text tables in the order they stand: named by their argument or their key."""
    found: list[tuple[int, str, ast.expr]] = []
    for node in ast.walk(test):
        if isinstance(node, ast.keyword) and node.arg:
            found.append((node.value.lineno, node.arg, node.value))
        if isinstance(node, ast.Dict):
            named = zip(node.keys, node.values, strict=True)
            found += [
                (v.lineno, k.value, v) for k, v in named if isinstance(k, ast.Constant) and isinstance(k.value, str)
            ]
        if isinstance(node, ast.Call) and node.args:
            found += [(argument.lineno, "given", argument) for argument in node.args]
    return [
        f"{_words(name)}:\n\n```\n{cleandoc(value.value)}\n```"
        for _line, name, value in sorted(found, key=lambda item: item[0])
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and "|" in value.value
    ]


def stale() -> list[str]:
    """Name the pages that differ from what they should be, or should not be there."""
    wanted = pages()
    by_hand = {PAGES / f"{name}.md" for name in BY_HAND}
    extra = set(PAGES.glob("*.md")) - wanted.keys() - by_hand
    different = {path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text}
    return sorted(str(path.relative_to(ROOT)) for path in extra | different)


def write() -> None:
    """Write every page, and remove pages of modules that are gone."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for name in stale():
        (ROOT / name).unlink(missing_ok=True)
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    elif names := stale():
        sys.exit(f"Out of date: {', '.join(names)}. Run: python -m tests.statistics_docs --write")
