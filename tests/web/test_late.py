"""The page of late registration: what to do first, one figure at a time, and nothing counted by looking."""

from datetime import date

import pytest
from django.core.management import call_command

from finsam.access.roles import Role
from finsam.late import counting
from finsam.late.models import Triangle
from finsam.snapshots import actions
from finsam.snapshots.models import Snapshot
from tests import factories
from tests.late.growth import GROWTH, shown

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "demo")]
PAGE = "/efterslapning/"


@pytest.fixture
def analyst(visitor):
    return visitor(factories.user(None, Role.NATIONAL_ANALYST))


@pytest.fixture
def reader(visitor):
    return visitor(factories.user(None, Role.READER, where=factories.association()))


@pytest.fixture
def two():
    factories.intervention()
    for day in (30, 31):
        actions.take(actor=factories.operator(), as_of=date(2021, 3, day))


def text(client, address=PAGE):
    return client.get(address).content.decode().replace("\u00a0", " ")


def test_with_fewer_than_two_snapshots_the_page_says_what_to_do(analyst):
    assert "Det finns ingen ögonblicksbild, och minst två behövs" in text(analyst)
    assert "Ta ögonblicksbild</a>" in text(analyst)


def test_nothing_is_counted_before_it_is_asked_for(analyst, two):
    assert "Ingenting är räknat än." in text(analyst)
    assert "Räkna eftersläpningen" in text(analyst)
    assert not Triangle.objects.exists()


def test_others_than_analysts_are_refused_and_led_nowhere(analyst, reader, visitor):
    operates = visitor(factories.user(None, Role.SYSTEM_ADMIN))
    for other in (reader, operates):
        assert other.get(PAGE).status_code == 403
        assert other.post(f"{PAGE}rakna/").status_code == 403
    for page, others in (("/utgavor/", (reader, operates)), ("/ogonblicksbilder/", (operates,))):
        assert not any(PAGE in text(other, page) for other in others)
    assert PAGE in text(analyst, "/ogonblicksbilder/")


def test_what_was_counted_before_something_was_published_is_not_shown(analyst):
    for number in (1, 2):
        known(number)
    before = counting.written(shown(GROWTH), published=["national-annual-2020-0123456789ab"])
    Triangle.objects.create(key="a" * 64, answer=before, counted_at=factories.NOW)
    page = text(analyst)
    assert "Något har publicerats sedan detta räknades. Räkna om" in page
    assert "<table" not in page
    assert "3 000" not in page


def test_what_was_counted_is_shown_one_figure_at_a_time(analyst):
    answer = counting.written(shown(GROWTH))
    for number in (1, 2):
        known(number)
    Triangle.objects.create(key="a" * 64, answer=answer, counted_at=factories.NOW)
    page = text(analyst, f"{PAGE}?figure=persons_new")
    assert "Det väntas bli 3 232" in page
    assert "<table" in page
    assert "<svg" in page
    assert "En ny ögonblicksbild har tagits sedan detta räknades." in page
    assert "Ingen är räknad" in text(analyst, f"{PAGE}?figure=persons_ended")
    assert analyst.get(f"{PAGE}?figure=heads").status_code == 404


def known(number):
    """A snapshot that is known of, without its folder."""
    return Snapshot.objects.create(
        identifier=f"2021-01-31-{number:012x}",
        as_of=factories.NOW.date(),
        digest=f"{number:064x}",
        taken_at=factories.NOW,
        rows=0,
        erased=0,
    )


@pytest.mark.participants
def test_counting_answers_with_the_figure_that_was_asked_for(analyst, two):
    sent = analyst.post(f"{PAGE}rakna/?figure=persons_new")
    address = sent.headers["Location"]
    assert "Väntar på sin tur." in text(analyst, address)
    assert "räknas just nu" in text(analyst)
    assert analyst.post(f"{PAGE}rakna/?figure=persons_new").headers["Location"] == address
    work_off()
    assert analyst.get(address).headers["Location"] == f"{PAGE}?figure=persons_new"
    answer = analyst.get(address, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == f"{PAGE}?figure=persons_new"
    page = text(analyst, f"{PAGE}?figure=persons_new")
    assert "Räknat 20" in page
    assert "Räkna eftersläpningen" not in page
    assert "räknas just nu" not in page
    assert Triangle.objects.count() == 1


def test_a_refusal_in_the_background_is_said_where_it_is_followed_and_where_it_is_ordered_anew(analyst):
    for number in (1, 2):
        known(number)
    address = analyst.post(f"{PAGE}rakna/").headers["Location"]
    work_off()
    for page in (address, PAGE):
        assert "är skadad" in text(analyst, page)
    assert "Räkna eftersläpningen" in text(analyst)
    assert analyst.post(f"{PAGE}rakna/").headers["Location"] != address


def work_off():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def test_a_refusal_to_count_is_said(analyst):
    analyst.post(f"{PAGE}rakna/")
    assert "minst två ögonblicksbilder med deltagare" in text(analyst)
