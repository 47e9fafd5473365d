"""Whether a function asks for permission before it does anything, itself or by what it hands the actor on to.

Followed are calls whose place in the source can be told: of a function of the same module, and of one that is imported
by name or through its module. Whatever may not be evaluated (a branch, the inside of a lambda, what comes after `and`)
asks nothing, since on some path nobody is asked.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.house import source

ASKING = {"actor.require", "actor.require_some"}
WONDERING = {"actor.has", "actor.may"}  # a branch that depends on them is a way of asking

Call = tuple[str, ast.FunctionDef]


@dataclass
class Program:
    """Modules by their dotted names, and what is known so far of their functions."""

    modules: Mapping[str, ast.Module]
    known: dict[tuple[str, str], bool] = field(default_factory=dict)

    def asks(self, module: str, function: ast.FunctionDef) -> bool:
        """Whether a function asks before it does anything; naming what it is asked for is not doing."""
        place = (module, function.name)
        if place not in self.known:
            self.known[place] = False  # whoever comes back to where it began has asked nobody
            self.known[place] = self._asks_first(module, function.body)
        return self.known[place]

    def _asks_first(self, module: str, body: list[ast.stmt]) -> bool:
        for statement in body:
            if self._asks(module, statement):
                return True
            if not is_naming(statement):
                return False
        return False

    def _asks(self, module: str, statement: ast.stmt) -> bool:
        if any(self._settles(module, call) for call in calls(statement)):
            return True
        if isinstance(statement, ast.If) and any(name in ast.unparse(statement.test) for name in WONDERING):
            return self._asks_first(module, statement.body)
        inside = statement.body if isinstance(statement, ast.With | ast.Try) else []
        return self._asks_first(module, inside)

    def _settles(self, module: str, call: ast.Call) -> bool:
        if ast.unparse(call.func) in ASKING:
            return True
        handed = [*call.args, *(one.value for one in call.keywords if one.arg == "actor")]
        if not any(isinstance(one, ast.Name) and one.id == "actor" for one in handed):
            return False
        found = self._called(module, call.func)
        return found is not None and self.asks(*found)

    def _called(self, module: str, name: ast.expr) -> Call | None:
        """The function of ours that a call is of, with its module."""
        match name:
            case ast.Name(id=said):
                where, _dot, function = self._imported(module).get(said, f"{module}.{said}").rpartition(".")
            case ast.Attribute(value=ast.Name(id=said), attr=function):
                where = self._imported(module).get(said, "")
            case _:
                return None
        body = self.modules[where].body if where in self.modules else []
        return next(((where, one) for one in body if isinstance(one, ast.FunctionDef) and one.name == function), None)

    def _imported(self, module: str) -> dict[str, str]:
        nodes = (node for node in ast.walk(self.modules[module]) if isinstance(node, ast.ImportFrom))
        return {one.asname or one.name: f"{node.module}.{one.name}" for node in nodes for one in node.names}


def product() -> Program:
    """The product."""
    return Program({source.dotted(path): tree for path, tree in source.modules().items()})


def is_naming(statement: ast.stmt) -> bool:
    """Whether a statement only gives names, or says what the function is for."""
    told = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    named = isinstance(statement, ast.Assign | ast.AnnAssign | ast.ImportFrom)
    return told or (named and "audit." not in ast.unparse(statement))


def calls(statement: ast.stmt) -> Iterator[ast.Call]:
    """The calls that are made whenever a statement is reached."""
    for node in evaluated(statement):
        if isinstance(node, ast.Call):
            yield node


def evaluated(node: ast.AST) -> Iterator[ast.AST]:
    """What is evaluated for certain of a statement or an expression."""
    yield node
    for inner in certain(node):
        yield from evaluated(inner)


def certain(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that are evaluated whenever it is."""
    match node:
        case ast.If() | ast.While() | ast.IfExp():
            yield node.test
        case ast.For():
            yield node.iter
        case ast.With():
            yield from (one.context_expr for one in node.items)
        case ast.BoolOp():
            yield node.values[0]
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            yield node.generators[0].iter
        case ast.Lambda() | ast.Try() | ast.Match() | ast.FunctionDef() | ast.ClassDef():
            return
        case _:
            yield from ast.iter_child_nodes(node)
