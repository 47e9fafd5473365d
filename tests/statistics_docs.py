"""Write docs/statistics/ from the figures' own sentences and the text tables that specify them.

`python -m tests.statistics_docs --write` makes the pages anew; `--check` tells whether they are as they should be.
"""

import ast
import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

ROOT = Path(__file__).parents[1]
FIGURES = ROOT / "src" / "finsam" / "statistics"
TESTS = ROOT / "tests" / "statistics"
PAGES = ROOT / "docs" / "statistics"
MADE = "<!-- Made by `python -m tests.statistics_docs --write` from the code and its tests. Do not edit. -->\n"


def pages() -> dict[Path, str]:
    """Make every page: one for each module of figures, and the list of them."""
    made = {PAGES / f"{path.stem}.md": page(path) for path in sorted(FIGURES.glob("[a-z]*.py"))}
    written = "\n".join(f"- [{path.stem}]({path.name}): {_sentence(text)}" for path, text in made.items())
    by_hand = "- [published-faults](published-faults.md): where the published report of 2020 contradicts itself"
    made[PAGES / "README.md"] = f"{MADE}# What is counted, and how\n\n{written}\n{by_hand}\n"
    return made


def page(path: Path) -> str:
    """Make the page of a module: its functions with their sentences, then its rules as text tables."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    parts = [f"{MADE}# {path.stem.capitalize()}", cleandoc(ast.get_docstring(module) or ""), *_functions(module)]
    tests = TESTS / f"test_{path.stem}.py"
    if tests.exists():
        parts += ["## Rules, as tested", *_rules(ast.parse(tests.read_text(encoding="utf-8")))]
    return "\n\n".join(parts) + "\n"


def _functions(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        words = ast.get_docstring(node) if isinstance(node, ast.FunctionDef | ast.ClassDef) else None
        if words and isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield f"## `{node.name}`\n\n{cleandoc(words)}"


def _rules(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            name = node.name.removeprefix("test_").replace("_", " ")
            yield "\n\n".join([f"### {name.capitalize()}", *_words(node), *_tables(node)])


def _words(node: ast.FunctionDef) -> Iterator[str]:
    if words := ast.get_docstring(node):
        yield cleandoc(words)


def _tables(test: ast.FunctionDef) -> Iterator[str]:
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
    for _line, name, value in sorted(found, key=lambda item: item[0]):
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and "|" in value.value:
            yield f"{name.replace('_', ' ')}:\n\n```\n{cleandoc(value.value)}\n```"


def _sentence(text: str) -> str:
    return text.split("\n\n")[1].split("\n", maxsplit=1)[0]


def stale() -> list[str]:
    """Name the pages that differ from what they should be, or should not be there."""
    wanted = pages()
    by_hand = {PAGES / "published-faults.md"}
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
