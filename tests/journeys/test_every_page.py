"""Every page, as someone who may see it: nothing that shuts people out, light or dark, and a fit from 320 to 1280."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from finsam.access.roles import Role
from finsam.background import actions as background_actions
from finsam.editions import actions as edition_actions
from finsam.editions import run_actions, run_queries
from finsam.late import counting
from finsam.late.models import Triangle
from finsam.snapshots import actions as snapshot_actions
from tests import factories
from tests.house import routes, test_routes, world
from tests.journeys.conftest import axe
from tests.journeys.measures import WIDTHS, measured
from tests.late import growth

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

RULES = "async asked => (await axe.run(asked)).violations.map(v => [v.id, ...v.nodes.map(n => n.html)])"
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
FAST = {"resultTypes": ["violations"]}  # nothing is written of what is as it should be
SCHEMES = {"light": FAST, "dark": COLOURS | FAST}  # nothing else is otherwise in the dark
FOR_ALL = {
    "start",
    "interventions",
    "intervention",
    "association",
    "editions",
    "tables",
}  # look different to each role
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def place(demo, home):
    made = world.place()
    if "participation" in made.records:
        _register_out(made)
    return made


def _register_out(made):
    from finsam.participants import actions as participants

    participants.end(
        actor=factories.actor(made.users["participant_registrar"]),
        participation=made.records["participation"],
        last_day=date(2021, 3, 30),
        supports=["none"],
        occupation="work",
        extent=50,
        end_reason="completed",
    )


def report(made):
    """A finished report's addresses, and those of what is under way."""
    actor = factories.actor(made.users["national_analyst"])
    taken = snapshot_actions.take(actor=actor, as_of=date(2021, 3, 31))
    kind = run_queries.report(actor=actor, key="national-annual")
    run = background_actions.request_report(actor=actor, report=kind, year=2020, snapshot=taken)
    run_actions.perform(actor=actor, run=run, elapsed=lambda: timedelta(seconds=3))
    edition = edition_actions.compile_edition(actor=actor, report=kind, year=2020, snapshot=taken)
    waiting = background_actions.request_edition(actor=actor, report=kind, year=2019, snapshot=taken)
    task = background_actions.request_snapshot(actor=actor, as_of=date(2021, 3, 30))
    return [
        late(),
        reverse("report", args=[run.pk]),
        reverse("report_source", args=[run.pk]),
        reverse("snapshot_taking", args=[task]),
        reverse("edition", args=[edition.identifier]),
        reverse("edition_report", args=[edition.identifier]),
        reverse("edition_figure", args=[edition.identifier, "totals", "2020/volume/total"]),
        reverse("edition_replace", args=[edition.identifier]),
        reverse("edition_progress", args=[waiting.pk]),
        reverse("report_order", args=["invented"]),  # the page that isn't there
    ]


def late():
    """Late registration as it looks when it has been counted."""
    Triangle.objects.create(
        key="a" * 64, answer=counting.written(growth.shown(growth.GROWTH)), counted_at=factories.NOW
    )
    return f"{reverse('late')}?figure=persons_new"


def shown(made, role):
    """The addresses a role is looked at in: those it sees first, and those that look different to each."""
    return [
        routes.url(name, made)
        for name in test_routes.installed()
        if "+" in (home := routes.EXPECTED[name].home)[role]
        and (next(one for one in home if "+" in home[one]) == role or routes.route(name) in FOR_ALL)
    ]


def pages(client, addresses):
    """The addresses that answer with a page: not those of buttons, of files or on the way to somewhere else."""
    answers = {address: client.get(address) for address in addresses}
    return [address for address, answer in answers.items() if answer.status_code in {200, 404}]


def opened(browser, live_server, client):
    """A browser's page signed in as a test client is."""
    context = browser.new_context(base_url=str(live_server), bypass_csp=True)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": str(live_server)}])
    return context.new_page()


def faults(page, address):
    """What is wrong with a page, in light, in dark and in every width."""
    page.set_viewport_size(WIDE)
    page.goto(address)
    page.wait_for_function("!document.querySelector('[hx-trigger=load]')")
    return looked_at(page, address)


def looked_at(page, address):
    """What is wrong with the page that is shown, in light, in dark and in every width."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.evaluate(axe())
    found = []
    for scheme, asked in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        found += [(address, scheme, *violation) for violation in page.evaluate(RULES, asked)]
    return found + [(address, width, *fault) for width in WIDTHS for fault in measured(page, width)]


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_no_page_shuts_anyone_out(browser, live_server, place, role):
    client = Client()
    client.force_login(place.users[role])
    addresses = pages(client, shown(place, role) + (report(place) if role == Role.NATIONAL_ANALYST else []))
    assert addresses
    page = opened(browser, live_server, client)
    assert not [fault for address in addresses for fault in faults(page, address)]
    page.context.close()


def test_the_door_shuts_nobody_out(browser, live_server, place):
    context = browser.new_context(base_url=str(live_server), bypass_csp=True)
    page = context.new_page()
    secret = place.records["invitation"]
    assert not [
        fault
        for address in ("/logga-in/", f"/inbjudan/{secret}/", "/inbjudan/gammal/")
        for fault in faults(page, address)
    ]
    context.close()
