"""Doors translate: they import what a room offers and none of what it is made of."""

import ast
import re

from tests.house import source

OFFERED = re.compile(
    r"finsam\.("
    r"\w+\.(actions|queries|rules)(\.\w+)*"
    r"|participants\.(erasure|linkage|rotation)"
    r"|access\.(actors|clock|remains|roles|trail|versions)"
    r"|values(\.\w+)*"
    r"|editions\.(consistency|page_queries|provenance|run_actions|run_queries)"
    r"|table_builder\.(free_actions|free_queries|open_queries)"
    r"|publications(\.\w+)*"
    r"|reports\.registry"
    r"|demo(\.\w+)*"
    r"|(web|forms|cli)(\.\w+)*"
    r")$"
)


def imports(tree: ast.Module) -> set[str]:
    """The modules of the product a module imports; `from room import actions` counts as room.actions."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {one if is_module(one) else node.module for one in inside}
    return {name for name in found if name.startswith("finsam.")}


def is_module(dotted: str) -> bool:
    path = source.PACKAGE.parent.joinpath(*dotted.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


def test_doors_import_only_what_a_room_offers():
    found = [
        f"{source.name(path)}: {name}"
        for door in ("web", "forms", "cli")
        for path, tree in source.modules().items()
        if path.is_relative_to(source.PACKAGE / door)
        for name in imports(tree)
        if not OFFERED.match(name)
    ]
    assert not found


def test_every_template_is_used():
    text = "\n".join(path.read_text("utf-8") for path in [*source.modules(), *source.templates().values()])
    answered_by_django = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
    unused = [name for name in source.templates() if name not in answered_by_django and not named_in(name, text)]
    assert not unused


def named_in(template: str, text: str) -> bool:
    """Whether a template is named whole, or by a last part that something else puts the folder before."""
    return f'"{template}"' in text or f"'{template}'" in text


def test_no_page_writes_its_own_style_or_script():
    """The content security policy would refuse it in the browser; better to be told here."""
    inline = re.compile(r"<style\b|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    files = "publications/"  # a report is a file that is carried away whole, with its style inside
    pages = {name: path for name, path in source.templates().items() if not name.startswith(files)}
    assert not [name for name, path in pages.items() if inline.search(path.read_text("utf-8"))]
