"""No page waits for what takes long: nothing is counted, protected, attacked, decoded or drawn while somebody looks."""

from contextlib import ExitStack
from datetime import date
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from finsam.access.roles import Role
from finsam.background import actions as background_actions
from finsam.disclosure import protect
from finsam.editions import actions as edition_actions
from finsam.editions import consistency, page_queries, run_queries
from finsam.editions.models import Edition, OutsideFigure
from finsam.editions.stored import drawn, linking, places
from finsam.interventions import actions as interventions
from finsam.publications.formats import writer
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots import engines
from tests import factories
from tests.house import world
from tests.house.routes import EXPECTED, url
from tests.house.test_routes import installed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "demo")]
MOST_QUERIES = 50
OF_EDITIONS = ("edition", "figure", "table", "report", "late")  # asked as every role
COUNTED_WHENEVER_SHOWN = {"free_question", "free_file"}  # exact figures are never stored (docs/adr)
LONG = (
    (places, "_decoded"),
    (page_queries, "blocks_html"),
    (consistency, "gate"),
    (linking, "examine"),
    (protect, "protect"),
    (engines, "tables"),
)


@pytest.fixture
def out(monkeypatch):
    """An edition that was ordered, compiled in the background, and published."""
    monkeypatch.setattr(writer, "pdf_bytes", lambda publication: b"%PDF")
    anna, alva = (factories.actor(factories.user(None, Role.NATIONAL_ANALYST)) for _ in range(2))
    counted = factories.intervention(method="numbers_only")
    interventions.count_heads(actor=factories.operator(), intervention=counted, year=2020, women=30, men=40)
    taken = snapshot_actions.take(actor=factories.operator(), as_of=date(2021, 3, 31))
    report = run_queries.report(actor=anna, key="national-annual")
    background_actions.request_edition(actor=anna, report=report, year=2020, snapshot=taken)
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    edition = edition_actions.review(actor=anna, edition=Edition.objects.get())
    edition = edition_actions.publish(actor=alva, edition=edition)
    page_queries._tidy.cache_clear()
    return edition


def working():
    """Have whoever does what takes long be found out."""
    stack = ExitStack()
    for where, name in LONG:
        stack.enter_context(mock.patch.object(where, name, side_effect=AssertionError(f"{name} while a page waits")))
    return stack


def test_every_page_is_given_without_any_of_what_takes_long(out):
    place = world.place()
    place.records |= {"edition": out.identifier, "snapshot": out.snapshot}
    many = {}
    with working():
        for name in installed():
            if name in COUNTED_WHENEVER_SHOWN:
                continue
            allowed = [role for role, answer in EXPECTED[name].home.items() if answer != "-" and role in place.users]
            for role in allowed if name.startswith(OF_EDITIONS) else allowed[:1]:
                with CaptureQueriesContext(connection) as asked:
                    place.browser(place.users[role]).get(url(name, place))
                if len(asked) > MOST_QUERIES:
                    many[f"{name} as {role}"] = len(asked)
    assert not many


@pytest.mark.parametrize("harm", ["lost", "half", "by another version"])
def test_what_is_kept_is_drawn_anew_when_it_is(out, visitor, monkeypatch, harm):
    client = visitor(factories.user(None, Role.NATIONAL_ANALYST))
    pages = [f"/utgavor/{out.identifier}/{page}" for page in ("", "rapport/", "siffra/totals/2020/volume/total/")]
    before = [shown(client, page) for page in pages]
    folder = places.root().parent / "drawn" / out.identifier
    files = sorted(folder.iterdir())
    assert files
    if harm == "by another version":
        monkeypatch.setattr(drawn, "program", lambda: "another")
    for file in files:
        {"lost": file.unlink, "half": lambda file=file: file.write_bytes(file.read_bytes()[:-3])}.get(harm, bool)()
    page_queries._tidy.cache_clear()
    with working(), pytest.raises(AssertionError, match="while a page waits"):
        client.get(pages[1])
    assert [shown(client, page) for page in pages] == before
    kinds = [file.name.rpartition("-")[0] for file in folder.iterdir()]
    assert len(kinds) == len(set(kinds))


def test_a_figure_from_elsewhere_is_compared_when_it_has_come(out, visitor):
    client = visitor(factories.user(None, Role.NATIONAL_ANALYST))
    page = f"/utgavor/{out.identifier}/"
    assert "Någon har" not in shown(client, page)
    known = {"report": out.report, "table": "totals", "key": "2020/volume/total", "figure": "persons"}
    OutsideFigure.objects.create(**known, number=1072, source="Någon")
    assert "Någon har" in shown(client, page)


def test_a_page_is_given_where_there_is_no_room_to_keep_it(out, visitor):
    folder = places.root().parent / "drawn" / out.identifier
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    folder.write_bytes(b"")  # where the folder should be
    page_queries._tidy.cache_clear()
    client = visitor(factories.user(None, Role.NATIONAL_ANALYST))
    for page in ("", "rapport/", "siffra/totals/2020/volume/total/"):
        assert client.get(f"/utgavor/{out.identifier}/{page}").status_code == 200


def shown(client, page):
    main = client.get(page).content.decode().partition("<main")[2]
    return "".join(line for line in main.splitlines() if "csrfmiddlewaretoken" not in line)
