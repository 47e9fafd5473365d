"""Free questions on their pages: the exact answer and its mark, what would be hidden, files, editions and the rows."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from finsam.access.roles import Role
from finsam.editions.models import Compilation
from finsam.interventions import actions as interventions
from finsam.publications.formats import writer
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots import storage
from finsam.snapshots.models import Snapshot
from finsam.table_builder import rules
from finsam.table_builder.models import FreeQuestion
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "demo")]
OPERATOR = factories.operator()
FORBIDDEN = "Får inte lämnas ut"


@pytest.fixture
def taken() -> Snapshot:
    """Thirty are counted at one association, and three at another."""
    for women, men in ((14, 16), (3, 0)):
        counted = factories.intervention(method="numbers_only")
        interventions.count_heads(actor=OPERATOR, intervention=counted, year=2020, women=women, men=men)
    return snapshot_actions.take(actor=OPERATOR, as_of=date(2021, 3, 31))


@pytest.fixture
def analyst(visitor: Any) -> Client:
    client: Client = visitor(factories.user(None, Role.NATIONAL_ANALYST))
    return client


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def question(taken: Snapshot, **more: Any) -> dict[str, Any]:
    asked = {"figure": "heads", "by": ["association"], "first": "2020", "last": "2020"}
    return asked | {"snapshot": taken.identifier} | more


def ask(client: Client, taken: Snapshot, **more: Any) -> str:
    """Ask, and give the address of the answer."""
    sent = client.post("/fria-fragor/", question(taken, **more))
    assert sent.status_code == 302
    return sent.headers["Location"]


def counted_in_background() -> None:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def test_without_a_snapshot_the_page_says_what_to_do(analyst: Client) -> None:
    assert "Ta den första ögonblicksbilden" in text(analyst, "/fria-fragor/")


def test_the_answer_is_exact_and_says_that_it_may_not_be_let_out(analyst: Client, taken: Snapshot) -> None:
    address = ask(analyst, taken)
    page = text(analyst, address)
    assert "Deltagare räknade utan personuppgifter efter förbund. 2020" in page
    assert page.count(FORBIDDEN) == 2
    assert '<td class="number">3 <span aria-hidden="true">··</span>' in page
    assert "det döljs om tabellen lämnas ut" in page
    assert taken.identifier in page
    assert FreeQuestion.objects.count() == 1
    text(analyst, address)
    assert FreeQuestion.objects.count() == 1
    assert f'href="{address}"' in text(analyst, "/fria-fragor/")


def test_what_cannot_be_asked_is_said_at_its_field_and_leaves_no_row(analyst: Client, taken: Snapshot) -> None:
    page = analyst.post("/fria-fragor/", question(taken, by=["age_group"])).content.decode()
    assert "kan inte delas upp efter ålder" in page
    assert not FreeQuestion.objects.exists()
    asked = analyst.get("/fria-fragor/", question(taken))
    assert asked.status_code == 200
    assert not FreeQuestion.objects.exists()


def test_the_files_are_named_and_marked(analyst: Client, taken: Snapshot) -> None:
    address = ask(analyst, taken)
    sent = analyst.get(f"{address}filer/csv/")
    assert sent.content.decode().startswith(f"{FORBIDDEN},")
    assert "far-inte-lamnas-ut-" in sent.headers["Content-Disposition"]
    assert analyst.get(f"{address}filer/xlsx/").content.startswith(b"PK")
    assert analyst.get(f"{address}filer/pdf/").status_code == 404


def test_a_large_one_is_exact_at_once_and_what_would_be_hidden_comes(
    analyst: Client, taken: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "AT_ONCE", 1)
    address = ask(analyst, taken)
    page = text(analyst, address)
    assert "Räknar ut vad som skulle döljas" in page
    assert '<td class="number">3</td>' in page
    part = analyst.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.strip() in page
    counted_in_background()
    assert analyst.get(address, headers={"HX-Request": "true"}).headers["HX-Redirect"] == address
    assert "De är märkta med ·· i tabellen." in text(analyst, address)


def test_it_is_made_an_edition_with_why_and_for_whom(
    analyst: Client, taken: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "pdf_bytes", lambda publication: b"%PDF")
    monkeypatch.setattr(writer, "xlsx_bytes", lambda publication: b"PK")
    address = ask(analyst, taken)
    assert "Gör en särskild utgåva" in text(analyst, address)
    form = text(analyst, f"{address}utgava/")
    assert "Deltagare räknade utan personuppgifter efter förbund. 2020" in form
    assert "Fyll i" in analyst.post(f"{address}utgava/", {"title": "Titeln"}).content.decode()
    facts = {"title": "Titeln", "purpose": "Regionen frågar.", "recipient": "Regionen"}
    progress = analyst.post(f"{address}utgava/", facts).headers["Location"]
    assert "Särskild utgåva" in text(analyst, progress)
    counted_in_background()
    page = analyst.get(analyst.get(progress).headers["Location"]).content.decode()
    assert "Titeln 2020" in page
    assert "Titeln 2020" in text(analyst, "/utgavor/")
    assert "Sammanställ särskild utgåva" not in text(analyst, "/utgavor/")
    assert analyst.get("/utgavor/ny/special/").status_code == 404
    run = Compilation.objects.get()
    assert (run.purpose, run.recipient) == ("Regionen frågar.", "Regionen")


def test_one_that_failed_leads_back_to_the_questions(analyst: Client, taken: Snapshot) -> None:
    address = ask(analyst, taken)
    facts = {"title": "Titeln", "purpose": "Regionen frågar.", "recipient": "Regionen"}
    progress = analyst.post(f"{address}utgava/", facts).headers["Location"]
    run = Compilation.objects.get()
    run.state, run.message = "failed", "Det gick inte."
    run.save()
    assert 'href="/fria-fragor/">Till de fria frågorna' in text(analyst, progress)


def test_another_analyst_asks_again(analyst: Client, visitor: Any, taken: Snapshot) -> None:
    address = ask(analyst, taken)
    other = visitor(factories.user(None, Role.NATIONAL_ANALYST))
    for page in (address, f"{address}filer/csv/", f"{address}utgava/"):
        assert other.get(page).status_code == 404


def test_a_damaged_snapshot_says_so(analyst: Client, taken: Snapshot) -> None:
    address = ask(analyst, taken)
    for file in storage.folder(taken.identifier).glob("*.parquet"):
        file.write_bytes(b"")
    page = text(analyst, address)
    assert 'role="alert"' in page
    assert 'class="number"' not in page
    assert analyst.get(f"{address}filer/csv/").status_code == 404


def test_the_administrator_reads_who_has_asked_what(analyst: Client, visitor: Any, taken: Snapshot) -> None:
    admin = visitor(factories.user(None, Role.SYSTEM_ADMIN))
    assert "Ingen har ställt någon fri fråga än." in text(admin, "/fria-fragor/stallda/")
    address = ask(analyst, taken)
    page = text(admin, "/fria-fragor/stallda/")
    assert "Deltagare räknade utan personuppgifter efter förbund. 2020" in page
    assert taken.identifier in page
    assert 'href="/fria-fragor/stallda/"' in text(admin, "/handelser/")
    assert "Ställde en fri fråga" in text(admin, "/handelser/")
    assert admin.get(address).status_code == 403
    assert analyst.get("/fria-fragor/stallda/").status_code == 403
