"""Every room is learnt once: actions and queries have one shape, and an action asks before it acts."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house import asking, source

# Actions whose permission is something else than a role.
ASK_OTHERWISE = {
    "access.accept": "the one-time link is the permission",
    "access.set_language": "one's own pages",
    "access.tell_links": "what concerns one's own account",
}
# Actions that work for seconds on files, or write nothing: what they leave in the database is written further in.
HOLD_NO_TRANSACTION = {
    "snapshots.take",
    "snapshots.store_linkage",
    "snapshots.verify",
    "editions.produce",
    "editions.perform",
    "editions.compile_edition",
    "editions.compile_waiting",
    "editions.publish",
    "editions.refuse_unready",
    "editions.carry_out",
    "editions.copy",
    "late.count_late",
    "late.carry_out",
    "table_builder.examine",
    "background.request_free_answer",
    "participants.substitute",
    "participants.rotate",
    "participants.change_identity",  # the note of the try stays when the change is refused
}

# Queries without an actor answer everyone. Each is here because somebody thought about it.
ANSWER_EVERYONE = {
    "access.actor_for": "makes the actor",
    "access.system_actor": "makes the actor",
    "access.installation": "the home, known to every page",
    "access.invitation": "the link is the permission",
    "access.digest": "arithmetic",
    "access.role_choices": "the roles there are",
    "associations.running_on": "a filter",
    "associations.running_past": "a filter",
    "associations.facts": "one municipality's public facts",
    "associations.member_facts": "for rules, of an association already at hand",
    "associations.member_parties": "public: who is a member",
    "associations.members_during": "public: who is a member",
    "associations.municipalities": "Sweden's",
    "codes.lists": "the lists are public",
    "codes.valid_on": "the lists are public",
    "codes.choices": "the lists are public",
    "codes.labels": "the lists are public",
    "codes.check": "the lists are public",
    "codes.parents": "the lists are public",
    "interventions.employers": "public: who is a member and who performs",
    "participants.consent_text": "the words are public",
    "participants.running_on": "a filter",
    "participants.series": "which numbers the home takes",
    "participants.open_with_keys": "yes or no, when the home starts",
}

# The two places that write rows and their history together: one by one or many at once, and what a release ships.
KEEP_HISTORY = {source.PACKAGE / "access" / name for name in ("audit.py", "edition.py")}


def functions(kind: str) -> Iterator[tuple[Path, str, ast.FunctionDef]]:
    """The public functions of all rooms' modules of a kind, each named room.function."""
    for room in source.ROOMS:
        for path in source.files_of(room, kind):
            for node in source.public_functions(source.tree(path)):
                yield path, f"{room}.{node.name}", node


def is_keyword_only_with_actor(node: ast.FunctionDef) -> bool:
    """Whether the signature is `(*, actor: Actor, ...)`."""
    arguments = node.args
    given = arguments.kwonlyargs
    return not (arguments.args or arguments.posonlyargs or arguments.vararg) and bool(given) and is_actor(given[0])


def is_actor(argument: ast.arg) -> bool:
    return argument.arg == "actor" and argument.annotation is not None and ast.unparse(argument.annotation) == "Actor"


def is_atomic(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(one).startswith("transaction.atomic") for one in node.decorator_list)


def test_actions_have_one_shape():
    wrong = [
        name
        for _path, name, node in functions("actions")
        if not (is_keyword_only_with_actor(node) and node.returns and ast.get_docstring(node))
    ]
    assert not wrong


def test_an_action_is_done_whole_or_not_at_all():
    actions = {name: node for _path, name, node in functions("actions")}
    assert not [name for name, node in actions.items() if not is_atomic(node) and name not in HOLD_NO_TRANSACTION]


def test_an_action_asks_before_it_acts():
    program = asking.product()
    silent = [
        name
        for path, name, node in functions("actions")
        if name not in ASK_OTHERWISE and not program.asks(source.dotted(path), node)
    ]
    assert not silent


def test_queries_have_one_shape():
    wrong = [
        name
        for _path, name, node in functions("queries")
        if name not in ANSWER_EVERYONE
        and not (is_keyword_only_with_actor(node) and node.returns and ast.get_docstring(node))
    ]
    assert not wrong


def test_exceptions_are_still_there_and_still_needed():
    names = {name for kind in ("actions", "queries") for _path, name, _node in functions(kind)}
    assert set(ASK_OTHERWISE) | HOLD_NO_TRANSACTION | set(ANSWER_EVERYONE) <= names


def test_queries_write_nothing():
    writing = {"save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
    found = [
        f"{name}: {call.attr}"
        for _path, name, node in functions("queries")
        for call in ast.walk(node)
        if isinstance(call, ast.Attribute) and call.attr in writing
    ]
    assert not found


def test_rows_are_written_through_the_trail_only():
    """`.update()` and `.bulk_*` leave no history; only access.audit, which writes both, may use them."""
    past_history = {"bulk_create", "bulk_update", "_raw_delete", "get_or_create", "update_or_create"}
    found = [
        f"{source.name(path)}:{node.lineno} {node.func.attr}"
        for path, tree in source.modules().items()
        if path not in KEEP_HISTORY
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in past_history or is_queryset_update(node)
    ]
    assert not found


def is_queryset_update(call: ast.Call) -> bool:
    """Whether a call is a queryset's `.update(field=...)`; a dictionary's takes something without a name."""
    assert isinstance(call.func, ast.Attribute)
    return call.func.attr == "update" and bool(call.keywords) and not call.args
