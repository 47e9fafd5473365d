"""The participations behind a figure: those of one's own interventions, as they were registered then, by number."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from finsam.access.roles import Role
from finsam.editions import actions as edition_actions
from finsam.editions import run_queries as reports
from finsam.participants import actions, queries
from finsam.participants.queries import Counted
from finsam.publications.formats import writer
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots.rules import end_of
from tests import factories
from tests.participants import people

pytestmark = pytest.mark.django_db(transaction=True)


def counted(**facts):
    usual = {"year": 2020, "flow": "ongoing", "supports": frozenset(), "sex": "", "before": end_of(date(2021, 3, 31))}
    return Counted(**{**usual, **facts})


@pytest.fixture
def where():
    return factories.intervention()


@pytest.fixture
def registrar(where):
    return factories.registrar(where)


def stay(where, registrar, **facts):
    return people.participation(where, factories.actor(registrar), **{"starts_on": date(2020, 3, 1), **facts})


def test_only_those_that_were_counted_are_behind_it(where, registrar):
    woman = stay(where, registrar, who=people.identity(sex="women"))
    man = stay(where, registrar, who=people.identity(sex="men"), starts_on=date(2019, 3, 1))
    wrong = stay(where, registrar, who=people.identity(sex="men"))
    actions.mark_wrong(actor=factories.actor(registrar), participation=wrong)
    actor = factories.actor(registrar)

    def numbers(**facts):
        return [line.number for _, line in queries.behind(actor=actor, counted=counted(**facts))]

    assert numbers() == [woman.number, man.number]
    assert numbers(flow="new") == [woman.number]
    assert numbers(sex="men") == [man.number]
    assert numbers(year=2018) == []
    assert numbers(flow="ended") == []
    assert numbers(supports=frozenset({"no such support"})) == []
    assert numbers(before=datetime(2021, 3, 1, tzinfo=factories.NOW.tzinfo)) == []  # registered later
    assert numbers(need_group="long_term_sick") == [woman.number, man.number]
    assert numbers(need_group="young_with_disability") == []
    assert numbers(need_group="") == []  # those of whom none is recorded
    own = woman.supports.order_by("pk")[0].support
    assert woman.number in numbers(supports=frozenset({own}))


def test_nobody_is_named_and_others_participations_are_not_there(where, registrar):
    stay(where, registrar)
    other = factories.registrar(factories.intervention())
    assert queries.behind(actor=factories.actor(other), counted=counted()) == []
    ((intervention, line),) = queries.behind(actor=factories.actor(registrar), counted=counted())
    assert (intervention, line.name, line.masked) == (where, "", "")


def test_the_page_lists_them_below_the_figure(where, registrar, home, monkeypatch):
    monkeypatch.setattr(writer, "pdf_bytes", lambda publication: b"%PDF")
    for number in range(6):
        stay(where, registrar, who=people.identity(sex="men" if number % 2 else "women"))
    anna, alva = (factories.actor(factories.user(None, Role.NATIONAL_ANALYST)) for _ in range(2))
    taken = snapshot_actions.take(actor=anna, as_of=date(2021, 3, 31))
    report = reports.report(actor=anna, key="national-annual")
    one = edition_actions.compile_edition(actor=anna, report=report, year=2020, snapshot=taken)
    one = edition_actions.publish(actor=alva, edition=edition_actions.review(actor=anna, edition=one))
    client = Client()
    client.force_login(registrar)
    row = [one.identifier, "totals", "2020/identified/total"]
    assert reverse("figure_participants", args=row) in client.get(reverse("edition_figure", args=row)).content.decode()
    page = client.get(reverse("figure_participants", args=row)).content.decode()
    part = client.get(reverse("figure_participants", args=row), headers={"HX-Request": "true"}).content.decode()
    assert "6 deltaganden bakom siffran är i dina insatser" in page
    assert part.strip() in page
    assert "Testa" not in part
    heads = [one.identifier, "totals", "2020/volume/total"]
    assert client.get(reverse("figure_participants", args=heads)).status_code == 404
    assert "figure_participants" not in client.get(reverse("edition_figure", args=heads)).content.decode()


@pytest.mark.parametrize(("ends", "year", "expected"), [("2020-12-31", 2020, 1), ("2020-12-31", 2021, 0)])
def test_what_ended_belongs_to_the_year_of_its_last_day(where, registrar, ends, year, expected):
    one = stay(where, registrar)
    people.end(factories.actor(registrar), one, date.fromisoformat(ends))
    found = queries.behind(actor=factories.actor(registrar), counted=counted(flow="ended", year=year))
    assert len(found) == expected
