"""Late registration across a changed code: every form offers the codes of the day it registers, never of today."""

import ast
import importlib
import re
from datetime import date

import pytest

from finsam.access.roles import Role
from finsam.codes import actions as codes
from finsam.codes.models import Code
from finsam.forms.choices import CodeField, CodesField
from finsam.forms.dated import DatedForm
from finsam.forms.page_form import PageForm
from finsam.interventions.models import Intervention
from finsam.web import urls
from tests import factories
from tests.house import source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

CHANGED = date(2021, 1, 1)  # the day codes are changed; today is 31 March
BEFORE, AFTER = "2020-06-01", "2021-02-01"


def change(list_key, code, parent=""):
    """Close a code, and let a new one take its place the same day."""
    operator = factories.operator()
    codes.close(actor=operator, row=Code.objects.get(list=list_key, code=code), ends_before=CHANGED)
    codes.add(
        actor=operator,
        list=list_key,
        code="invented",
        label="Påhittad ny",
        first_day=CHANGED,
        source="påhittad",
        parent=parent,
        explanation="Påhittad förklaring." if parent else "",
    )


def offered(answer, name):
    """The codes a page offers in a field."""
    field = answer.context["form"].fields[name]
    return {code for group in field.choices for code in codes_in(group)}


def codes_in(choice):
    code, words = choice
    return {one for one, _ in words} if isinstance(words, list) else {code}


def every_form(form=PageForm):
    for one in form.__subclasses__():
        yield from (one, *every_form(one))


@pytest.fixture
def association():
    return factories.association(codes=("0180", "0182"))


@pytest.fixture
def admin(association, visitor):
    return visitor(factories.user(association.organisation, Role.ASSOCIATION_ADMIN, where=association))


def wanted(**facts):
    town = factories.party("municipality", "0180")
    return {
        "name": "Påhittad insats",
        "starts_on": BEFORE,
        "direction": "preparatory",
        "need_groups": ["long_term_sick"],
        "performers": [factories.agency().pk, town.pk],
        "method": "numbers_only",
    } | facts


def test_no_form_asks_for_codes_as_of_today():
    """Whoever chooses among codes is a dated form, which knows the day; nothing else asks which codes hold on a day."""
    importlib.import_module(urls.__name__)
    coded = {form: codes_of(form) for form in every_form() if codes_of(form) and form.__module__.startswith("finsam.")}
    assert {form.__name__ for form in coded} >= {"InterventionForm"}
    assert not [form.__name__ for form in coded if not issubclass(form, DatedForm)]
    assert not [form.__name__ for form, names in coded.items() if names != {name for name, _list in form.lists}]
    asking = {
        source.name(path)
        for path, tree in source.modules().items()
        if path.is_relative_to(source.PACKAGE / "web") or path.is_relative_to(source.PACKAGE / "forms")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and re.search(r"(^|\.)(on_day|valid_on|choices)$", ast.unparse(node.func))
        if "super()" not in ast.unparse(node.func) and "self" not in ast.unparse(node.func)
    }
    assert asking == {"src/finsam/forms/choices.py", "src/finsam/forms/dated.py"}


def codes_of(form):
    return {name for name, field in form.base_fields.items() if isinstance(field, CodeField | CodesField)}


def test_the_day_comes_first_and_its_lists_are_fetched_by_id(association, admin):
    answer = admin.get(f"/insatser/ny/{association.pk}/")
    form, page = answer.context["form"], answer.content.decode()
    assert next(iter(form.fields)) == "starts_on"
    fetched = form.fields["starts_on"].widget.attrs["hx-select-oob"].split(",")
    assert fetched == ["#listornas-dag:innerHTML", "#id_direction", "#id_method", "#id_need_groups"]
    assert all(f'id="{one[1:].partition(":")[0]}"' in page for one in fetched)
    assert '<noscript><button class="button button--secondary" type="submit" name="step" value="day">' in page


def test_an_intervention_offers_the_codes_of_its_start_day_and_keeps_what_is_typed(association, admin):
    change("direction", "preparatory", parent="individual")
    change("need_group", "long_term_sick")
    address = f"/insatser/ny/{association.pk}/"
    today = admin.get(address)
    assert {"invented"} <= offered(today, "direction") & offered(today, "need_groups")
    assert "preparatory" not in offered(today, "direction")
    asked = admin.post(address, wanted(step="day"))
    assert "preparatory" in offered(asked, "direction")
    assert "long_term_sick" in offered(asked, "need_groups")
    assert "invented" not in offered(asked, "direction") | offered(asked, "need_groups")
    page = asked.content.decode().replace("\xa0", " ")
    assert "Valen nedan är de som gäller 1 juni 2020." in page
    assert 'value="Påhittad insats"' in page
    assert not asked.context["form"].errors
    assert not Intervention.objects.exists()
    admin.post(address, wanted())
    assert Intervention.objects.get().direction == "preparatory"


def test_a_code_that_does_not_hold_that_day_is_told_when_the_day_is_changed_and_when_it_is_saved(association, admin):
    change("direction", "preparatory", parent="individual")
    for step in ({"step": "day"}, {}):
        answer = admin.post(f"/insatser/ny/{association.pk}/", wanted(starts_on=AFTER, **step))
        assert answer.context["form"].errors == {
            "direction": ["Värdet gäller inte den 2021-02-01. Välj ett annat i listan."]
        }
        assert "invented" in offered(answer, "direction")
        assert "preparatory" not in offered(answer, "direction")
    assert not Intervention.objects.exists()


def test_only_the_lists_that_are_others_that_day_are_given_to_scripts(association, admin):
    """What somebody chooses in the other lists while the answer is on its way stays chosen."""
    change("direction", "preparatory", parent="individual")
    address, sent = f"/insatser/ny/{association.pk}/", wanted(step="day", listornas_dag="2021-03-31")
    part = admin.post(address, sent, headers={"HX-Request": "true"}).content.decode()
    assert 'id="id_direction"' in part
    assert "preparatory" in part
    assert 'id="id_need_groups"' not in part
    assert "id_name" not in part
    assert "<main" not in part
    select = part.partition("<select")[2].partition("</select>")[0]
    assert select in admin.post(address, sent).content.decode()
    assert (
        'id="id_direction"'
        not in admin.post(
            address, wanted(step="day", starts_on="2020-07-01", listornas_dag=BEFORE), headers={"HX-Request": "true"}
        ).content.decode()
    )


def test_a_changed_intervention_offers_the_codes_of_its_own_start_day(association, admin):
    one = factories.intervention(association, method="numbers_only")
    change("direction", "preparatory", parent="individual")
    answer = admin.get(f"/insatser/{one.pk}/andra/")
    assert "preparatory" in offered(answer, "direction")
    assert "invented" not in offered(answer, "direction")


def test_a_day_that_is_none_leaves_the_lists_as_they_were(association, admin):
    answer = admin.post(f"/insatser/ny/{association.pk}/", wanted(starts_on="förr", step="day"))
    assert answer.status_code == 200
    assert answer.context["form"].day == date(2021, 3, 31)
