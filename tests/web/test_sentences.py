"""No sentence of Django's own is shown: not by a field, a validator, a model, a password or any form of the product."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import django
import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import BinaryField
from django.test import Client
from django.utils.translation import override

from finsam.access.roles import Role
from finsam.forms.page_form import PageForm
from finsam.forms.sentences import djangos, ours
from finsam.reports.registry import REPORTS
from finsam.web.editions import CorrectionForm
from finsam.web.provenance import CompareForm
from finsam.web.tables import BookmarkForm, OpenForm
from tests import factories
from tests.house import routes, test_routes, world

HOLE = re.compile(r"%\\\(\w+\\\)[sd]|%[sd]|\\\{\w*\\\}")  # where a sentence is filled in, as re.escape writes it
GARBAGE = ("", "x\0y", "x" * 5000, "-1", "9" * 30)
OF_AN_ADDRESS = {"FigureForm"}  # asked with GET; their fields are choices, as in the others


def catalogue():
    """Every sentence Django has in Swedish and in English, as a pattern."""
    folder = Path(django.__file__).parent
    for path in folder.glob("**/locale/sv/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="sv"):
                for texts in (message.id, message.string):
                    yield from (texts,) if isinstance(texts, str) else texts or ()


@pytest.fixture(scope="module")
def is_djangos():
    sentences = {text for text in catalogue() if text.rstrip().endswith((".", ").")) and len(text) > 10}
    patterns = [HOLE.sub(".*", re.escape(text)) for text in sentences]
    found = re.compile("|".join(patterns), re.DOTALL)
    assert found.fullmatch("Fyll i ett heltal.")
    assert found.fullmatch("Ensure this value is less than or equal to 12.")
    return found.fullmatch


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_sentence_of_django_has_one_of_ours(language, is_djangos):
    seen = set()
    for kind, code, message in djangos():
        error = ValidationError(message, code=code, params=Fill())
        seen.add((kind.__name__, code))
        with override(language):
            [said] = ours(error).messages
        assert not is_djangos(said), (kind, code, said)
    assert {("MaxLengthValidator", "max_length"), ("Field", "null"), ("ModelChoiceField", "invalid_choice")} <= seen


class Fill(dict[str, int]):
    """Something to fill any sentence in with."""

    def __missing__(self, key):
        return 7


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.django_db
def test_no_model_refuses_with_a_sentence_of_django(language, is_djangos):
    said = []
    for model in apps.get_models():
        if not model.__module__.startswith("finsam."):
            continue
        for value in (None, *GARBAGE):
            row = model()
            for field in model._meta.fields:
                if not isinstance(field, BinaryField):
                    setattr(row, field.attname, value)
            with override(language):
                said += refusals(row)
    assert len(said) > 100
    assert not [sentence for sentence in said if is_djangos(sentence)]


def refusals(row):
    """What a row's fields refuse, as a form would show it."""
    try:
        row.clean_fields()
    except ValidationError as refusal:
        return ours(refusal).messages
    return []


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("password", ["kort", "password1234", "anna.andersson@x"])
def test_a_password_is_refused_in_our_words(language, password, is_djangos):
    user = apps.get_model("access.User")(name="Anna Andersson", email="anna.andersson@x.example")
    with override(language), pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    assert not [sentence for sentence in refused.value.messages if is_djangos(sentence)]


def subclasses(kind):
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


@pytest.mark.once
@pytest.mark.django_db
def test_no_form_of_the_product_shows_a_sentence_of_django(is_djangos):
    made, said = world.place(), []
    seen: set[str] = set()
    clients = {role.value: signed_in(made, role.value) for role in Role if role.value in made.users}
    for name in test_routes.installed():
        homes = routes.EXPECTED[name].home.items()
        for role in [role for role, letter in homes if letter == "+" and role in clients]:
            if refusals_there := shown(clients[role], routes.url(name, made), seen):
                said += refusals_there
                break
    for address in ("/logga-in/", f"/inbjudan/{made.records['invitation']}/"):
        said += shown(Client(), address, seen)
    analyst = factories.actor(made.users[Role.NATIONAL_ANALYST.value])
    correction = partial(CorrectionForm, actor=analyst, report=REPORTS["national-annual"])
    open_table = partial(OpenForm, offers={name: [("a", "A")] for name in OpenForm.base_fields}, typed={})
    names = ("name", "figure", "number", "source", "reason", "corrects", "snapshot", "without", "rounded")
    fields = [*names, *OpenForm.base_fields]
    alone_there: dict[str, Callable[..., Any]] = {"BookmarkForm": BookmarkForm, "CompareForm": CompareForm}
    alone_there |= {"CorrectionForm": correction, "OpenForm": open_table}
    for name, alone in alone_there.items():
        seen.add(name)  # their pages need something counted or published
        for value in GARBAGE:
            said += refused(alone(dict.fromkeys(fields, value)))
    forms = [one for one in subclasses(PageForm) if one.__module__.startswith("finsam.") and not one.__subclasses__()]
    wanted = {one.__name__ for one in forms}  # what others only build on is on no page of its own
    assert wanted - seen <= OF_AN_ADDRESS
    assert len(said) > 100
    assert not {sentence for sentence in said if is_djangos(sentence)}


def signed_in(made, role):
    client = Client()
    client.force_login(made.users[role])
    return client


def shown(client, address, seen):
    """What the form of an address refuses garbage with."""
    context = client.get(address).context
    form = context and context.get("form")
    if not isinstance(form, PageForm) or type(form).__name__ in seen:
        return []
    seen.add(type(form).__name__)
    said = []
    for value in GARBAGE:
        answer = client.post(address, {"step": "check", **{name: [value, value] for name in form.fields}})
        if answer.context and answer.context.get("form"):
            said += refused(answer.context["form"])
    return said


def refused(form):
    return [str(error) for errors in form.errors.values() for error in errors]
