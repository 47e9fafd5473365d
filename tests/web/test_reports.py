"""The pages about reports: ordering one, following it, reading it and its files."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied

from finsam.access.roles import Role, roles
from finsam.background import actions as background_actions
from finsam.editions import run_actions, run_queries
from finsam.editions.models import ReportRun
from finsam.publications.formats import writer
from finsam.snapshots import actions as snapshot_actions
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "demo")]
ORDER = "/rapporter/national-annual/ny/"


@pytest.fixture
def user():
    return factories.user(None, Role.NATIONAL_ANALYST)


@pytest.fixture
def analyst(visitor, user):
    return visitor(user)


@pytest.fixture
def taken():
    return snapshot_actions.take(actor=factories.operator(), as_of=date(2021, 3, 31))


@pytest.fixture
def done(user, taken, monkeypatch):
    """A finished report without the slow PDF."""
    monkeypatch.setattr(writer, "pdf_bytes", lambda publication: b"%PDF")
    actor = factories.actor(user)
    report = run_queries.report(actor=actor, key="national-annual")
    run = background_actions.request_report(actor=actor, report=report, year=2020, snapshot=taken)
    return run_actions.perform(actor=actor, run=run, elapsed=lambda: timedelta(seconds=3))


def wanted(**facts):
    """A whole order of a report."""
    return {"year": "2020", "snapshot": "", "language": "sv"} | facts


def test_an_empty_list_says_what_to_do(analyst):
    assert "Ta fram den första" in analyst.get("/rapporter/").content.decode()


def test_a_report_is_ordered_and_followed(analyst, taken):
    address = analyst.post(ORDER, wanted()).headers["Location"]
    run = ReportRun.objects.get()
    assert (run.year, run.snapshot, run.language, run.state) == (2020, taken, "sv", "waiting")
    page = analyst.get(address).content.decode()
    part = analyst.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Väntar på sin tur." in page
    assert part.strip().startswith("<section")
    assert part.strip() in page
    run.state, run.step, run.progress = "running", "report.pdf", 65
    run.save()
    assert "Arbetar med report.pdf, 65 procent klart." in analyst.get(address).content.decode()


def test_a_report_is_ordered_in_the_language_of_choice_first_that_of_the_page(analyst, user, taken, monkeypatch):
    assert analyst.get(ORDER).context["form"]["language"].value() == "sv"
    analyst.post("/sprak/", {"language": "en", "next": "/"})
    assert analyst.get(ORDER).context["form"]["language"].value() == "en"
    address = analyst.post(ORDER, wanted(language="en")).headers["Location"]
    analyst.post("/sprak/", {"language": "sv", "next": "/"})
    monkeypatch.setattr(writer, "pdf_bytes", lambda publication: b"%PDF")
    run = run_actions.perform(actor=factories.actor(user), run=ReportRun.objects.get(), elapsed=timedelta)
    assert (run.language, run.state) == ("en", "done")
    page = analyst.get(address).content.decode()
    assert '<span lang="en">Interventions financed through coordination associations in 2020</span></h1>' in page
    assert "Öppna PDF" in page
    assert "-en.pdf" in analyst.get(f"{address}filer/pdf/").headers["Content-Disposition"]
    assert "(English)" in analyst.get("/rapporter/").content.decode()


@pytest.mark.parametrize(("language", "sentence"), [("fi", "Valet finns inte i listan."), ("", "Välj ”Språk”.")])
def test_a_report_is_written_in_swedish_or_english_only(analyst, taken, language, sentence):
    assert sentence in analyst.post(ORDER, wanted(language=language)).context["form"].errors["language"][0]
    assert not ReportRun.objects.exists()


def test_a_named_snapshot_is_taken_and_an_unknown_one_refused(analyst, taken):
    analyst.post(ORDER, wanted(year="2019", snapshot=taken.identifier))
    assert ReportRun.objects.get().snapshot == taken
    answer = analyst.post(ORDER, wanted(year="2019", snapshot="2021-01-31-aaaaaaaaaaaa"))
    assert list(answer.context["form"].errors) == ["snapshot"]


def test_without_a_snapshot_the_sentence_says_what_to_do(analyst):
    answer = analyst.post(ORDER, wanted())
    assert "Det finns ingen ögonblicksbild per 2021-01-31 eller senare." in answer.context["form"].errors["snapshot"][0]
    assert not ReportRun.objects.exists()


def test_a_year_that_has_not_ended_cannot_be_chosen(analyst, taken):
    assert list(analyst.post(ORDER, wanted(year="2021")).context["form"].errors) == ["year"]


def test_a_failed_run_says_why(analyst, taken):
    analyst.post(ORDER, wanted())
    run = ReportRun.objects.get()
    run.state, run.message = "failed", "Disken är full."
    run.save()
    page = analyst.get(f"/rapporter/{run.pk}/").content.decode()
    assert "Disken är full." in page
    assert ORDER in page


def test_a_finished_report_is_read_as_it_was_written(analyst, done):
    page = analyst.get(f"/rapporter/{done.pk}/").content.decode()
    written = (run_queries.run_folder(actor=factories.operator(), run=done) / "report.html").read_text("utf-8")
    blocks = written.partition('<div class="report">')[2].rpartition("</main>")[0]
    assert blocks.strip()
    assert blocks in page
    assert "Insatser finansierade genom samordningsförbund 2020</span></h1>" in page
    assert page.count("</h1>") == 1
    assert done.snapshot.identifier in page
    onward = analyst.get(f"/rapporter/{done.pk}/", headers={"HX-Request": "true"})
    assert onward.headers["HX-Redirect"] == f"/rapporter/{done.pk}/"


def test_its_files_are_those_that_were_written(analyst, done):
    folder = run_queries.run_folder(actor=factories.operator(), run=done)
    for kind, name in (("pdf", "report.pdf"), ("xlsx", "report.xlsx"), ("html", "report.html")):
        answer = analyst.get(f"/rapporter/{done.pk}/filer/{kind}/")
        assert answer.content == (folder / name).read_bytes()
        assert f"national-annual-2020-{done.snapshot.identifier}.{kind}" in answer.headers["Content-Disposition"]
    archive = analyst.get(f"/rapporter/{done.pk}/filer/csv/").content
    assert archive == analyst.get(f"/rapporter/{done.pk}/filer/csv/").content
    with ZipFile(BytesIO(archive)) as held:
        assert "participants.csv" in held.namelist()
    assert analyst.get(f"/rapporter/{done.pk}/filer/manifest/").status_code == 404


def test_the_source_names_snapshot_and_digests(analyst, done):
    page = analyst.get(f"/rapporter/{done.pk}/kalla/").content.decode()
    assert done.snapshot.digest in page
    assert "csv/participants.csv" in page
    assert f"/ogonblicksbilder/{done.snapshot.identifier}/" in page


@pytest.mark.parametrize("role", [role for role in Role if role != Role.NATIONAL_ANALYST])
def test_working_reports_are_for_those_who_make_them_list_page_and_every_file(done, visitor, analyst, role):
    if role not in roles():
        return
    reader = visitor(factories.user(None, role, where=factories.association()))
    own = f"/rapporter/{done.pk}/"
    files = [f"{own}filer/{kind}/" for kind in ("pdf", "xlsx", "html", "csv")]
    for address in ("/rapporter/", own, f"{own}kalla/", *files):
        assert analyst.get(address).status_code == 200, address
        refused = reader.get(address)
        assert refused.status_code == 403, address
        assert str(done.snapshot.identifier) not in refused.content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.NATIONAL_ANALYST])
def test_everybody_else_reads_editions_and_is_led_nowhere_else(done, visitor, role):
    if role not in roles():
        return
    reader = visitor(factories.user(None, role, where=factories.association()))
    start = reader.get("/").content.decode()
    assert 'href="/utgavor/"' in start
    assert 'href="/rapporter/' not in start
    page = reader.get("/utgavor/").content.decode()
    assert "<h1>Statistik</h1>" in page
    assert "Inget är publicerat än." in page
    assert 'href="/rapporter/' not in page
    assert 'href="/rapporter/' not in reader.get("/efterslapning/").content.decode()


def test_a_snapshot_leads_to_the_reports_made_from_it_only_for_those_who_make_them(done, analyst, visitor):
    address = f"/ogonblicksbilder/{done.snapshot.identifier}/"
    assert f'href="/rapporter/{done.pk}/"' in analyst.get(address).content.decode()
    page = visitor(factories.user(None, Role.SYSTEM_ADMIN)).get(address).content.decode()
    assert "/rapporter/" not in page
    assert "Rapporter ur den" not in page


def test_the_room_itself_refuses_working_reports_to_others(done):
    for role in set(roles()) - {Role.NATIONAL_ANALYST}:
        actor = factories.actor(factories.user(None, role, where=factories.association()))
        for ask in (run_queries.page, run_queries.files, run_queries.csv_archive, run_queries.run_folder):
            with pytest.raises(PermissionDenied):
                ask(actor=actor, run=done)
        with pytest.raises(PermissionDenied):
            run_queries.runs(actor=actor)


def test_what_is_not_done_has_no_files(analyst, taken):
    analyst.post(ORDER, wanted())
    run = ReportRun.objects.get()
    assert analyst.get(f"/rapporter/{run.pk}/filer/pdf/").status_code == 404
    assert analyst.get(f"/rapporter/{run.pk}/kalla/").status_code == 404


def test_an_unknown_report_is_not_there(analyst):
    assert analyst.get("/rapporter/invented/ny/").status_code == 404
