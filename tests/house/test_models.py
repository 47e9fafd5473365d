"""Every model says what it holds, about whom, and why a row is refused."""

import ast
import re
from collections import Counter

import pytest
from django.apps import apps
from django.db import models

from tests.house import source

CLASSES = ("identity", "personal", "statistics", "open")
OURS = [
    model
    for room in source.ROOMS
    if apps.is_installed(f"finsam.{room}")
    for model in apps.get_app_config(room).get_models()
]
ROWS = [model for model in OURS if not model.__name__.startswith("Historical")]
UNSAID = models.BaseConstraint.default_violation_error_message

every_model = pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.label)


@every_model
def test_every_field_is_classified_once(model):
    said = Counter(name for kind in CLASSES for name in getattr(model.Privacy, kind))
    assert said == Counter(field.name for field in model._meta.concrete_fields)


@every_model
def test_the_fields_of_a_form_are_fields_that_can_be_filled_in(model):
    editable = {field.name for field in model._meta.get_fields() if getattr(field, "editable", False)}
    assert set(getattr(model, "FORM", ())) <= editable


@every_model
def test_a_field_that_is_filled_in_has_a_label_in_words_people_use(model):
    fields = {field.name: field for field in model._meta.concrete_fields}
    assert not [name for name in getattr(model, "FORM", ()) if name in fields and fields[name]._verbose_name is None]


@every_model
def test_every_constraint_has_a_sentence(model):
    assert not [one.name for one in model._meta.constraints if one.violation_error_message in ("", UNSAID)]


@every_model
def test_several_values_are_rows_of_their_own(model):
    assert not model._meta.local_many_to_many, "history doesn't see many-to-many"


@every_model
def test_integrity_is_not_left_to_save(model):
    overridden = {"save", "delete"} & set(vars(model))
    assert not overridden


@every_model
def test_every_model_has_a_line_in_the_glossary(model):
    glossary = (source.ROOT / "GLOSSARY.md").read_text("utf-8")
    assert re.search(rf"`{model.__name__}`", glossary), f"GLOSSARY.md says nothing of {model.__name__}"


@every_model
def test_rows_come_in_an_order_that_is_never_a_matter_of_luck(model):
    last = (model._meta.ordering or ["pk"])[-1].removeprefix("-")
    assert last == "pk" or model._meta.get_field(last).unique


def test_no_action_query_or_rule_hides_in_a_model():
    found = [
        f"{source.name(path)}: {module}"
        for room in source.ROOMS
        for path in source.files_of(room, "models")
        for module in upwards(source.tree(path))
    ]
    assert not found


def upwards(tree: ast.AST) -> set[str]:
    """What a model imports that it may not: what sends, answers, asks or acts, inside its methods too."""
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module)
    names = {f"{node.module}.{alias.name}" for node in nodes for alias in node.names}
    return {
        name for name in names if re.match(r"django\.(http|core\.mail)\b|finsam\.\w+\.\w*(actions|queries)\b", name)
    }


@pytest.mark.parametrize(
    "line",
    [
        "from finsam.planning import actions",
        "from finsam.planning.queries import visible",
        "from django.core.mail import send_mail",
        "def late(self):\n    from finsam.planning.actions import plan",
    ],
)
def test_a_model_that_reaches_upwards_is_found(line):
    assert upwards(ast.parse(line))
