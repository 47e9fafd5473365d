"""What refers to what in the product: every top-level name and method, and whether a line of ours uses it."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from tests.house import source

WORD = re.compile(r"[A-Za-z_]\w*")
DOTTED = re.compile(r"finsam(?:\.\w+)+(?::\w+)?")
# Decorators by which a framework gets hold of a function under a name of its own.
REGISTERED = {"command", "group", "filter", "simple_tag", "inclusion_tag", "result_callback"}
# What Django looks up in a module or class by name alone.
HOOKS = {"urlpatterns", "handler500", "register", "process_view", "process_exception"}
HOOK_PREFIXES = ("clean_", "test_func")
READ_BY_NAME = {"finsam.config.settings", "finsam.config.wsgi"}  # all their constants are Django's

Name = tuple[str, str]  # module and name


@dataclass
class Uses:
    """The uses of names in some modules: those of top-level names by their module, those of attributes by name."""

    names: set[Name] = field(default_factory=set)
    passed_on: dict[Name, set[Name]] = field(default_factory=dict)  # where a name is imported, and as what
    attributes: Counter[str] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)
    loaded: set[str] = field(default_factory=set)  # modules that are handed on whole, or loaded by their names

    def of(self, name: Name) -> bool:
        """Whether a top-level name is used, by itself or where it is passed on to."""
        module, word = name
        by_name = module in self.loaded and (self.attributes[word] > 0 or word in self.words)
        return by_name or name in self.names or any(self.of(to) for to in self.passed_on.get(name, ()))


def module_name(path: Path) -> str:
    """The module of a file, dotted."""
    parts = path.relative_to(source.ROOT / "src" if path.is_relative_to(source.PACKAGE) else source.ROOT)
    return ".".join(parts.with_suffix("").parts).removesuffix(".__init__")


def uses(trees: Mapping[str, ast.Module], words: Iterable[str] = ()) -> Uses:
    """Every use in the modules; `words` are those that templates and settings say."""
    found = Uses(words=set(words))
    for module, tree in trees.items():
        _read(module, tree, set(trees), found)
    return found


def _read(module: str, tree: ast.Module, known: set[str], found: Uses) -> None:
    modules: defaultdict[str, set[str]] = defaultdict(set)  # by what they are called here
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                here, whole = alias.asname or alias.name, f"{node.module}.{alias.name}"
                if whole in known:
                    modules[here].add(whole)
                else:
                    found.passed_on.setdefault((node.module, alias.name), set()).add((module, here))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.words |= {node.value} if WORD.fullmatch(node.value) else set()
            found.loaded |= known.intersection(DOTTED.findall(node.value))
            found.names |= set(named(node.value))
    owners = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for own, method, statement in _statements(tree):
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id != own:
                found.names.add((module, node.id))
                found.loaded |= modules.get(node.id, set()) if id(node) not in owners else set()
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                found.attributes[node.attr] += node.attr not in {own, method}
                called = node.value.id if isinstance(node.value, ast.Name) else ""
                found.names |= {(whole, node.attr) for whole in modules.get(called, ())}


def named(text: str) -> Iterator[Name]:
    """The names of the product that a text gives in full, as a module and a name in it."""
    for dotted in DOTTED.findall(text):
        owner, _, name = dotted.replace(":", ".").rpartition(".")
        yield owner, name


def _statements(tree: ast.Module) -> Iterator[tuple[str, str, ast.AST]]:
    """Every statement with the function or class, and the method, that it is of: their uses of themselves are none."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for part in (*node.bases, *node.keywords, *node.decorator_list, *node.body):
                yield node.name, getattr(part, "name", ""), part
        else:
            yield getattr(node, "name", ""), "", node


def dead(trees: Mapping[str, ast.Module], found: Uses) -> Iterator[str]:
    """The top-level names and methods of the product that nothing uses."""
    for module, tree in trees.items():
        if not module.startswith("finsam") or ".migrations" in module:
            continue
        for name, node in _given(tree):
            private = module in READ_BY_NAME and not isinstance(node, ast.FunctionDef)
            if not (private or _is_registered(node) or _is_found_by_django(module, node) or found.of((module, name))):
                yield f"{module}.{name}"
        for owner in (node for node in tree.body if isinstance(node, ast.ClassDef)):
            for method in (node for node in owner.body if isinstance(node, ast.FunctionDef)):
                name = method.name
                used = found.attributes[name] or name in found.words or name in HOOKS or name.startswith(HOOK_PREFIXES)
                if not used and not (name.startswith("__") or _is_inherited(module, owner.name, name)):
                    yield f"{module}.{owner.name}.{name}"


def _given(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((target.id, node) for target in targets if isinstance(target, ast.Name) if _may_be_dead(target))


def _may_be_dead(target: ast.Name) -> bool:
    return target.id not in HOOKS and not target.id.startswith("__")


def _is_registered(node: ast.stmt) -> bool:
    decorators = getattr(node, "decorator_list", [])
    calls = (one.func if isinstance(one, ast.Call) else one for one in decorators)
    return any(isinstance(call, ast.Attribute) and call.attr in REGISTERED for call in calls)


def _is_found_by_django(module: str, node: ast.stmt) -> bool:
    """Whether it is an app, found by its package."""
    return module.endswith(".apps") and isinstance(node, ast.ClassDef)


def _is_inherited(module: str, owner: str, method: str) -> bool:
    """Whether a method stands in place of one that the class, or one made of it, inherits: the parent calls it."""
    given = getattr(import_module(module), owner)
    families = (given, *given.__subclasses__())
    return any(method in vars(parent) for one in families for parent in one.__mro__ if parent not in families)
