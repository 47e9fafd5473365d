"""What the command line says is marked for gettext: no sentence is handed on as it stands, out of reach of English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import source

pytestmark = pytest.mark.once

SAYS = {"echo", "say", "step", "detail", "refuse", "fail", "section", "ImproperlyConfigured", "ValidationError"}
SHOWN = {"help", "short_help", "epilog", "metavar", "prefix", "options_metavar", "subcommand_metavar"}
COMMANDS = {"command", "group"}
MARKS = {"_", "ngettext"}
WORD = re.compile(r"[^\W\d_]{2,}")
SWEDISH = re.compile(r"[åäöÅÄÖ”]")
SAME_EVERYWHERE = {"ID", "[ID]"}


def spoken() -> Iterator[Path]:
    """The modules whose words are read in a terminal: the command line, and what the environment is refused with."""
    return (path for path in source.modules() if path.relative_to(source.PACKAGE).parts[0] in {"cli", "config"})


def unmarked(tree: ast.Module) -> Iterator[str]:
    """The texts of a module that somebody reads and gettext doesn't know, and commands that have no help."""
    marked = _inside(node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) in MARKS)
    silent = marked | _docstrings(tree) | _keys(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SWEDISH.search(node.value):
            yield from () if node in silent else (node.value,)
        if isinstance(node, ast.Call):
            shown = [keyword.value for keyword in node.keywords if keyword.arg in SHOWN]
            shown += node.args if _name(node) in SAYS else []
            yield from (text for text in _literals(shown, silent) if text not in SAME_EVERYWHERE)
        if isinstance(node, ast.FunctionDef) and any(_lacks_help(one) for one in node.decorator_list):
            yield f"{node.name} has no help"


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def _inside(nodes: Iterator[ast.Call]) -> set[ast.AST]:
    return {inner for node in nodes for inner in ast.walk(node)}


def _docstrings(tree: ast.Module) -> set[ast.AST]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _keys(tree: ast.Module) -> set[ast.AST]:
    """Names in code: keys of dictionaries, and what is looked up by them."""
    keys = {key for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys if key}
    return keys | {node.slice for node in ast.walk(tree) if isinstance(node, ast.Subscript)}


def _literals(shown: list[ast.expr], silent: set[ast.AST]) -> Iterator[str]:
    for argument in shown:
        for node in ast.walk(argument):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent:
                yield from (node.value,) if WORD.search(node.value) else ()


def _lacks_help(decorator: ast.expr) -> bool:
    """Whether a decorator makes a command that would show its docstring, which is for those who read the code."""
    if not isinstance(decorator, ast.Call) or _name(decorator) not in COMMANDS:
        return False
    return "help" not in {keyword.arg for keyword in decorator.keywords}


def test_what_the_command_line_says_is_marked_for_gettext():
    found = [f"{source.name(path)}: {text}" for path in spoken() for text in unmarked(source.modules()[path])]
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        'click.echo("Hello there")',
        'terminal.say(f"{rows} rows are copied to {file}.")',
        'terminal.say("%(rows)s rows" % {"rows": rows})',
        'terminal.step("copying")',
        'refuse("The home is not empty.")',
        'self.fail(f"{value} will not do.", param, ctx)',
        'option = click.option("--out", help="A new folder.")',
        'option = click.option("--out", metavar="MAPP")',
        'WORDS = "Hemmet är tomt."',
        '@click.command(cls=Command)\ndef late() -> None:\n    """Print the years."""',
    ],
)
def test_a_text_that_is_not_marked_is_found(line):
    assert list(unmarked(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        'terminal.say(_("%(rows)s rader") % {"rows": f"{rows:>9}"})',
        'terminal.say(f"{one.identifier}  {facts}")',
        'refuse(EMPTY % {"folder": settings["NAME"]})',
        'terminal.say(ngettext("%(n)s rad", "%(n)s rader", n) % {"n": n})',
        '@click.command(cls=Command, help=_("Visa åren."))\ndef late() -> None:\n    """Print the years."""',
        'option = click.option("--snapshot", metavar="ID", help=_("Ögonblicksbilden."))',
    ],
)
def test_a_text_that_is_marked_is_not(line):
    assert not list(unmarked(ast.parse(line)))
