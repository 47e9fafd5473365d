"""The pages about editions: ordering and following one, who may do what with it, and where its figures come from."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command

from finsam.access.roles import Role
from finsam.editions import actions as edition_actions
from finsam.editions import queries as edition_queries
from finsam.editions import run_queries
from finsam.editions.models import Compilation, Edition, OutsideFigure
from finsam.editions.stored import places
from finsam.interventions import actions as interventions
from finsam.interventions.models import Intervention
from finsam.publications.formats import writer
from finsam.snapshots import actions as snapshot_actions
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "demo", "quick")]
ORDER = "/utgavor/ny/national-annual/"
NUMBER = "national-annual-2020-1"


@pytest.fixture
def quick(monkeypatch):
    """Editions without the slow PDF."""
    monkeypatch.setattr(writer, "pdf_bytes", lambda publication: b"%PDF")


@pytest.fixture
def anna():
    return factories.user(None, Role.NATIONAL_ANALYST)


@pytest.fixture
def alva():
    return factories.user(None, Role.NATIONAL_ANALYST)


@pytest.fixture
def taken():
    counted = factories.intervention(method="numbers_only")
    interventions.count_heads(actor=factories.operator(), intervention=counted, year=2020, women=30, men=40)
    return snapshot_actions.take(actor=factories.operator(), as_of=date(2021, 3, 31))


@pytest.fixture
def draft(anna, taken):
    actor = factories.actor(anna)
    report = run_queries.report(actor=actor, key="national-annual")
    return edition_actions.compile_edition(actor=actor, report=report, year=2020, snapshot=taken)


@pytest.fixture
def out(draft, alva):
    actor = factories.actor(alva)
    return edition_actions.publish(actor=actor, edition=edition_actions.review(actor=actor, edition=draft))


def text(answer):
    return answer.content.decode()


def test_an_empty_list_says_what_to_do(visitor, anna):
    assert "Sammanställ den första" in text(visitor(anna).get("/utgavor/"))
    lead = visitor(factories.user(None, Role.INTERVENTION_LEAD))
    assert "Inget är publicerat än." in text(lead.get("/utgavor/"))


def test_an_edition_is_ordered_and_followed(visitor, anna, taken):
    client = visitor(anna)
    address = client.post(ORDER, {"year": "2020", "language": "sv", "snapshot": ""}).headers["Location"]
    page, part = text(client.get(address)), text(client.get(address, headers={"HX-Request": "true"}))
    assert "Väntar på sin tur." in page
    assert part.strip().startswith("<section")
    assert part.strip() in page
    run = Compilation.objects.get()
    run.state, run.step, run.progress = "running", "report.pdf", 65
    run.save()
    assert "Arbetar med report.pdf, 65 procent klart." in text(client.get(address))
    run.state = "waiting"
    run.save()
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    one = Edition.objects.get()
    assert one.compiled_by == anna.pk
    assert client.get(address).headers["Location"] == f"/utgavor/{one.identifier}/"
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Redirect"] == f"/utgavor/{one.identifier}/"


def test_a_publication_may_hide_more_but_not_less(visitor, anna, taken):
    client = visitor(anna)
    order = {"year": "2020", "language": "sv", "snapshot": ""}
    assert "Välj 5 eller högre" in text(client.post(ORDER, order | {"threshold": "4"}))
    client.post(ORDER, order | {"threshold": "31", "hide_zeros": "on"})
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    one = Edition.objects.get()
    assert (one.threshold, one.zeros_published) == (31, False)
    assert "0–30 personer döljs" in text(client.get(f"/utgavor/{one.identifier}/"))


def test_a_refusal_stands_on_the_page_that_follows_it(visitor, anna, out, taken):
    other = snapshot_actions.take(actor=factories.operator(), as_of=date(2021, 3, 30))
    client = visitor(anna)
    address = client.post(ORDER, {"year": "2020", "language": "sv", "snapshot": other.identifier}).headers["Location"]
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    assert f"redan publicerad: {out.identifier}" in text(client.get(address))


def test_two_people_let_it_out_with_buttons_for_each_when_it_is_their_turn(visitor, anna, alva, draft):
    address = f"/utgavor/{draft.identifier}/"
    page = text(visitor(anna).get(address))
    assert "Godkänn granskningen" in page
    assert "Siffrorna håller ihop" in page
    assert "Publicera utgåvan" not in page
    assert "är granskad" in text(visitor(anna).post(f"{address}granska/", follow=True))
    assert "Publicera utgåvan" not in text(visitor(anna).get(address))
    refused = text(visitor(anna).post(f"{address}publicera/", follow=True))
    assert "publicerar den inte" in refused
    assert alva.name in refused
    assert "Publicera utgåvan" in text(visitor(alva).get(address))
    visitor(alva).post(f"{address}publicera/")
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    page = text(visitor(alva).get(address))
    assert "Det här är vad som är publicerat." in page
    assert "Rätta utgåvan" in page
    draft.refresh_from_db()
    assert (draft.state, draft.published_by) == ("published", alva.pk)


def test_the_start_page_says_what_waits(visitor, anna, alva, draft):
    assert "Granska utgåvan för 2020" in text(visitor(anna).get("/"))
    edition_actions.review(actor=factories.actor(anna), edition=draft)
    assert "Publicera utgåvan för 2020" in text(visitor(alva).get("/"))
    assert "utgåvan för 2020" not in text(visitor(anna).get("/"))


def test_others_see_what_is_out_and_nothing_else(visitor, draft, anna, alva):
    reader = visitor(factories.user(None, Role.INTERVENTION_LEAD))
    for page in ("", "rapport/", "filer/pdf/", "siffra/totals/2020/volume/total/"):
        assert reader.get(f"/utgavor/{draft.identifier}/{page}").status_code == 404
    assert "national-annual-2020" not in text(reader.get("/utgavor/"))
    edition_actions.review(actor=factories.actor(anna), edition=draft)
    edition_actions.publish(actor=factories.actor(alva), edition=draft.__class__.objects.get(pk=draft.pk))
    assert f'href="/utgavor/{NUMBER}/"' in text(reader.get("/utgavor/"))
    page = text(reader.get(f"/utgavor/{NUMBER}/"))
    assert "Läs rapporten" in page
    assert "Röjandekontroll" not in page


def test_a_correction_asks_why_and_shows_what_changed(visitor, anna, alva, out):
    later = factories.operator(factories.NOW.replace(month=4, day=1))
    interventions.count_heads(actor=later, intervention=Intervention.objects.get(), year=2020, women=41, men=40)
    newer = snapshot_actions.take(actor=later, as_of=date(2021, 4, 1))
    address = f"/utgavor/{out.identifier}/ratta/"
    client = visitor(anna)
    answer = client.post(address, {"reason": "", "snapshot": newer.identifier})
    assert list(answer.context["form"].errors) == ["reason", "corrects"]
    wanted = {"reason": "Fel antal.", "snapshot": newer.identifier, "corrects": ["totals"], "without": ["need_groups"]}
    followed = client.post(address, wanted).headers["Location"]
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    page = text(client.get(followed, follow=True))
    assert f"Ersätter {NUMBER}. Fel antal." in page.replace("</p>", "").replace("  ", " ")
    assert "siffror är ändrade" in page
    assert "Jämfört med national-annual-2020-1, som har" in page
    assert "senare registrering förklarar ändringarna" in page
    assert "2020, Deltagare i volyminsatser, Totalt (personer)" in page


def test_the_report_is_read_with_a_way_from_each_figure(visitor, anna, out):
    client = visitor(factories.user(None, Role.INTERVENTION_LEAD))
    page = text(client.get(f"/utgavor/{out.identifier}/rapport/"))
    way = f"/utgavor/{out.identifier}/siffra/totals/2020/volume/total/"
    assert f'href="{way}">70</a>' in page.replace("\n", "")
    assert 'class="report-figure"' not in text(client.get(f"/utgavor/{out.identifier}/filer/html/"))
    figure = text(client.get(way))
    for words in (
        "70",
        "En insats där bara antalet deltagare rapporteras.",
        "antal utan personuppgifter",
        "1–4 personer",
    ):
        assert words in figure
    assert NUMBER in figure
    assert client.get(f"/utgavor/{out.identifier}/siffra/totals/1999/volume/total/").status_code == 404
    assert client.get(f"/utgavor/{out.identifier}/siffra/nothing/2020/").status_code == 404


def test_a_figure_from_elsewhere_is_typed_in_where_the_figure_is(visitor, anna, draft):
    address = f"/utgavor/{draft.identifier}/siffra/totals/2020/volume/total/"
    client = visitor(anna)
    wrong = client.post(address, {"figure": "persons", "number": "många", "source": "Någon"})
    assert list(wrong.context["form"].errors) == ["number"]
    page = text(client.post(address, {"figure": "persons", "number": "1 072,0", "source": "Någon"}, follow=True))
    assert OutsideFigure.objects.get().number == 1072
    assert "Någon har 1\u00a0072, här är det 70." in page
    assert "stoppar publicering" not in page
    again = client.post(address, {"figure": "persons", "number": "3", "source": "Någon"})
    assert "Källan är redan jämförd" in text(again)
    lead = visitor(factories.user(None, Role.INTERVENTION_LEAD))
    assert lead.post(address, {"figure": "persons", "number": "1", "source": "x"}).status_code == 404
    assert OutsideFigure.objects.count() == 1


def test_its_files_are_those_that_were_stored(visitor, anna, out):
    client, actor = visitor(anna), factories.actor(anna)
    for kind, name in (("pdf", "report.pdf"), ("xlsx", "report.xlsx"), ("html", "report.html")):
        answer = client.get(f"/utgavor/{out.identifier}/filer/{kind}/")
        assert answer.content == edition_queries.file(actor=actor, edition=out, name=name)
        assert f'"{NUMBER}.{kind}"' in answer.headers["Content-Disposition"]
    with ZipFile(BytesIO(client.get(f"/utgavor/{out.identifier}/filer/csv/").content)) as held:
        assert "totals.csv" in held.namelist()
    assert client.get(f"/utgavor/{out.identifier}/filer/zip/").status_code == 404


def test_what_it_was_made_of_is_for_those_who_see_snapshots(visitor, anna, out):
    pages = [f"/utgavor/{NUMBER}/", f"/utgavor/{NUMBER}/siffra/totals/2020/volume/total/"]
    made_of = (out.snapshot.identifier, out.digest, out.identifier)
    analyst, admin = visitor(anna), visitor(factories.user(None, Role.SYSTEM_ADMIN))
    for client in (analyst, admin):
        assert all(out.snapshot.identifier in text(client.get(page)) for page in pages)
        assert all(one in text(client.get(pages[0])) for one in made_of)
        answer = client.get(f"/utgavor/{NUMBER}/filer/manifest/")
        assert answer.json()["snapshot"] == out.snapshot.identifier
        assert f'"{NUMBER}.json"' in answer.headers["Content-Disposition"]
    reader = visitor(factories.user(None, Role.INTERVENTION_LEAD))
    for page in (*pages, "/utgavor/", f"/utgavor/{NUMBER}/rapport/", f"/utgavor/{NUMBER}/filer/html/"):
        assert NUMBER in text(reader.get(page))
        assert not any(one in text(reader.get(page)) for one in made_of)
    for kind in ("manifest", "edition", "edition.json"):
        assert reader.get(f"/utgavor/{NUMBER}/filer/{kind}/").status_code == 404


def test_the_number_on_the_pages_is_the_one_in_print(anna, out):
    actor = factories.actor(anna)
    content = edition_queries.content(actor=actor, edition=out)
    assert edition_queries.numbers(actor=actor) == {out.identifier: content.publication.edition}
    assert content.publication.edition == NUMBER
    assert edition_queries.edition(actor=actor, identifier=NUMBER) == out


def test_a_damaged_edition_says_so_on_every_page(visitor, anna, out):
    (places.folder(out.identifier) / "edition.json").write_bytes(b"{}")
    client, reader = visitor(anna), visitor(factories.user(None, Role.INTERVENTION_LEAD))
    assert f"{out.identifier} är skadad (edition.json är ändrad)" in text(client.get(f"/utgavor/{out.identifier}/"))
    assert "Utgåvan national-annual-2020 är skadad" in text(reader.get(f"/utgavor/{NUMBER}/"))
    for page in ("rapport/", "filer/pdf/", "siffra/totals/2020/volume/total/"):
        assert "edition.json är ändrad" in text(client.get(f"/utgavor/{out.identifier}/{page}", follow=True))
    assert "edition.json är ändrad" in text(client.post(f"/utgavor/{out.identifier}/angrip/", follow=True))
