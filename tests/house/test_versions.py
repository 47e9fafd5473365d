"""Whatever changes a record that somebody has looked at is told which state was seen."""

import ast

import pytest
from django.apps import apps
from django.db.models import CASCADE

from tests.house import source
from tests.house.test_rooms import functions

# Actions that change a record at hand but answer no form of their own.
ANSWER_NO_FORM = {
    "access.invite": "takes back the links that a new one comes instead of",
    "access.confirm_link": "a link has steps and no fields: a step that has been taken is refused",
    "access.withdraw_link": "the same",
    "access.rename_organisation": "part of changing its association",
    "interventions.lock": "part of registering something",
    "participants.discard_consent": "takes away a consent that led to nothing; it has no fields to change",
    "participants.destroy_key": "a key is destroyed, whoever else saw it",
    "editions.review": "an edition has states and no fields: a step that has been taken is refused by its state",
    "editions.publish": "the same",
}
# Rows that hang on a tracked record without being its values: records of their own, each changed by itself.
RECORDS_OF_THEIR_OWN = {
    "access.Grant",
    "access.Invitation",
    "associations.Membership",
    "associations.Coverage",
    "interventions.Plan",
    "interventions.HeadCount",
    "interventions.Assignment",
    "participants.Participation",
}


def parameters(node: ast.FunctionDef) -> set[str]:
    return {one.arg for one in node.args.kwonlyargs}


def written(node: ast.FunctionDef, names: set[str], others: dict[str, ast.FunctionDef]) -> set[str]:
    """Which of some names a function writes or removes the rows of, itself or through a private one of its module."""
    found = set()
    for call in (one for one in ast.walk(node) if isinstance(one, ast.Call)):
        called, handed = ast.unparse(call.func), [ast.unparse(one) for one in call.args]
        if called in {"audit.write", "audit.remove"}:
            found |= set(handed[2:3]) & names
        elif called in others and others[called] is not node:
            inner = [one.arg for one in others[called].args.args]
            passed = {mine: theirs for mine, theirs in zip(handed, inner, strict=False) if mine in names}
            changed = written(others[called], set(passed.values()), others)
            found |= {mine for mine, theirs in passed.items() if theirs in changed}
    return found


def changing() -> set[str]:
    """The actions that write or remove a record they were handed."""
    names = set()
    for path, name, node in functions("actions"):
        private = [one for one in source.tree(path).body if isinstance(one, ast.FunctionDef)]
        others = {one.name: one for one in private if one.name.startswith("_")}
        if written(node, parameters(node) - {"actor"}, others):
            names.add(name)
    return names


def versioned() -> dict[str, ast.FunctionDef]:
    return {name: node for _path, name, node in functions("actions") if "seen" in parameters(node)}


def test_every_action_that_changes_a_record_can_be_told_which_state_was_seen():
    assert {"participants.correct", "access.change_user"} <= changing()
    assert changing() - set(versioned()) == set(ANSWER_NO_FORM)


def test_an_action_that_is_told_what_was_seen_asks_or_hands_it_on():
    heedless = [
        name
        for name, node in versioned().items()
        if "versions.require(" not in ast.unparse(node) and "seen=seen" not in ast.unparse(node)
    ]
    assert not heedless


def views() -> list[tuple[str, ast.FunctionDef]]:
    web = [path for path in source.modules() if path.is_relative_to(source.PACKAGE / "web")]
    return [(source.name(path), node) for path in web for node in source.public_functions(source.tree(path))]


def test_every_form_over_such_an_action_holds_the_record_it_was_opened_on():
    told = {name.rpartition(".")[2] for name in versioned()}
    found = [
        f"{where} {view.name}"
        for where, view in views()
        for call in ast.walk(view)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "submit"
        if ast.unparse(call.args[1]).rpartition(".")[2] in told and "held=" not in ast.unparse(view)
    ]
    assert not found


def test_every_button_over_such_an_action_carries_the_version_of_its_page():
    told = {name.rpartition(".")[2] for name in versioned()}
    pages = {name: path.read_text("utf-8") for name, path in source.templates().items()}
    buttons = [
        view.name
        for _where, view in views()
        for call in ast.walk(view)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "attempt"
        if ast.unparse(call.args[1]).rpartition(".")[2] in told
    ]
    posts = {name: [text.partition("</form>")[0] for text in page.split("<form ")] for name, page in pages.items()}
    found = [
        f"{name}: {view}"
        for view in buttons
        for name, forms in posts.items()
        for form in forms
        if f"'{view}'" in form and "{% seen " not in form
    ]
    assert buttons
    assert not found


@pytest.mark.parametrize("room", [room for room in source.ROOMS if apps.is_installed(f"finsam.{room}")])
def test_rows_that_hang_on_a_record_are_its_values_or_records_of_their_own(room):
    unsaid = [
        relation.related_model._meta.label
        for model in apps.get_app_config(room).get_models()
        if hasattr(model, "history")
        for relation in model._meta.related_objects
        if relation.on_delete is CASCADE and hasattr(relation.related_model, "history")
        if relation.name not in getattr(model, "VALUES", ())
        if relation.related_model._meta.label not in RECORDS_OF_THEIR_OWN
    ]
    assert not unsaid
