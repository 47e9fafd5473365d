"""What is published once stands: later editions repeat it, and a correction counts only what it names."""

import csv
import io
import shutil
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from finsam.access.actors import Actor
from finsam.editions import actions as edition_actions
from finsam.editions import queries
from finsam.editions.choices import Choices
from finsam.editions.models import Edition
from finsam.editions.stored import changes, places, standing
from finsam.interventions import actions as interventions
from finsam.interventions.models import Intervention
from finsam.reports.national_annual import growth
from finsam.reports.registry import REPORTS
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots.models import Snapshot
from tests import factories

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "quick")]

ANNUAL, RESULTS = "national-annual", "national-results"


def taken(day: date, heads: dict[int, tuple[int, int]]) -> Snapshot:
    """A snapshot of a day, when so many women and men had been counted by year."""
    actor = factories.operator(factories.NOW.replace(month=day.month, day=day.day))
    counted = Intervention.objects.first() or factories.intervention(method="numbers_only")
    for year, (women, men) in heads.items():
        interventions.count_heads(actor=actor, intervention=counted, year=year, women=women, men=men)
    return snapshot_actions.take(actor=actor, as_of=day)


FIRST, LATER = date(2021, 3, 31), date(2021, 4, 1)


def published(by: Actor, other: Actor, snapshot: Snapshot, year: int, report: str = ANNUAL, **more: Any) -> Edition:
    one = compiled(by, snapshot, year, report, **more)
    return edition_actions.publish(actor=other, edition=edition_actions.review(actor=other, edition=one))


def compiled(by: Actor, snapshot: Snapshot, year: int, report: str = ANNUAL, **more: Any) -> Edition:
    return edition_actions.compile_edition(actor=by, report=REPORTS[report], year=year, snapshot=snapshot, **more)


def rows(actor: Actor, edition: Edition, table: str = "totals") -> dict[str, dict[str, str]]:
    """The rows of a CSV file by their codes."""
    text = queries.file(actor=actor, edition=edition, name=f"csv/{table}.csv").decode()
    found = csv.DictReader(io.StringIO(text))
    names = [name for name in found.fieldnames or () if name in {"year", "figure", "sex"}]
    return {" ".join(row[name] for name in names): row for row in found}


def test_an_earlier_year_stands_as_its_own_edition_printed_it(anna: Actor, alva: Actor) -> None:
    published(anna, alva, taken(FIRST, {2019: (130, 140)}), 2019)
    newer = taken(LATER, {2019: (150, 150), 2020: (160, 170)})
    found = rows(anna, published(anna, alva, newer, 2020))
    assert [found["2019 volume total"][name] for name in ("persons", "status", "edition")] == [
        "270", "ok", "national-annual-2019-1",
    ]  # fmt: skip
    assert [found["2020 volume total"][name] for name in ("persons", "status", "edition")] == ["330", "ok", ""]


def test_the_report_says_from_where_years_are_repeated(anna: Actor, alva: Actor) -> None:
    snapshot = taken(FIRST, {2019: (130, 140), 2020: (150, 160)})
    published(anna, alva, snapshot, 2019)
    page = queries.file(actor=anna, edition=compiled(anna, snapshot, 2020), name="report.html").decode()
    assert "Det här står som det trycktes: 2016–2019 i utgåvan national-annual-2019-1." in page
    assert "utgåva national-annual-2020-1" in page.lower()
    assert snapshot.identifier not in page


def test_a_year_that_stands_in_a_later_edition_is_repeated_from_it(anna: Actor, alva: Actor) -> None:
    snapshot = taken(FIRST, {2019: (130, 140), 2020: (150, 160)})
    published(anna, alva, snapshot, 2020)
    found = rows(anna, published(anna, alva, snapshot, 2019))
    assert found["2019 volume total"]["edition"] == "national-annual-2020-1"
    assert found["2015 volume total"]["edition"] == ""


def test_another_report_and_another_language_print_the_same_cell(anna: Actor, alva: Actor) -> None:
    snapshot = taken(FIRST, {2020: (150, 160)})
    published(anna, alva, snapshot, 2020)
    english = rows(anna, published(anna, alva, snapshot, 2020, language="en"))
    assert english["2020 volume total"]["edition"] == "national-annual-2020-1"
    results = rows(anna, compiled(anna, snapshot, 2020, RESULTS))
    assert results["2020 anonymous total"]["edition"] == "national-annual-2020-1"


def test_only_tables_about_an_edition_itself_are_not_repeated(anna: Actor, alva: Actor) -> None:
    snapshot = taken(FIRST, {2019: (130, 140), 2020: (150, 160)})
    published(anna, alva, snapshot, 2019)
    content = queries.content(actor=anna, edition=compiled(anna, snapshot, 2020))
    of_then = [(t.name, key, row) for t in content.tables for key, row in t.cells.items() if key[0] == "2019"]
    assert of_then
    assert not [one for one in of_then if {cell.edition for cell in one[2]} != {"national-annual-2019-1"}]
    assert {changes.TABLE, growth.TABLE} == standing.OF_EDITIONS


def test_a_year_has_one_snapshot(anna: Actor, alva: Actor) -> None:
    first = taken(FIRST, {2020: (130, 140)})
    published(anna, alva, first, 2020)
    newer = taken(LATER, {2020: (131, 140)})
    with pytest.raises(ValidationError, match=first.identifier):
        compiled(anna, newer, 2020, RESULTS)
    assert queries.snapshot_for(actor=anna, year=2020) == first
    assert compiled(anna, first, 2020, RESULTS)


def test_only_the_first_edition_of_a_report_counts_earlier_years_from_its_own_snapshot(
    anna: Actor, alva: Actor
) -> None:
    first = taken(FIRST, {2019: (130, 140), 2020: (130, 140)})
    published(anna, alva, first, 2019)
    newer = taken(LATER, {2018: (150, 150), 2020: (150, 150)})
    results = published(anna, alva, newer, 2020, RESULTS)  # the report's first
    assert rows(anna, results)["2019 anonymous total"]["edition"] == "national-annual-2019-1"


def test_a_later_edition_of_a_report_says_which_to_publish_first(anna: Actor, alva: Actor) -> None:
    first = taken(FIRST, {2018: (130, 140)})
    published(anna, alva, first, 2020)
    published(anna, alva, first, 2016, RESULTS)
    newer = taken(LATER, {2020: (150, 150)})
    with pytest.raises(ValidationError, match=f"2021 visar också 2017.*ur ögonblicksbilden {first.identifier}"):
        compiled(anna, newer, 2021, RESULTS)


def test_an_edition_that_is_gone_from_the_disk_is_asked_for(anna: Actor, alva: Actor) -> None:
    snapshot = taken(FIRST, {2019: (130, 140), 2020: (150, 160)})
    old = published(anna, alva, snapshot, 2019)
    shutil.rmtree(places.folder(old.identifier))
    with pytest.raises(ValidationError, match=f"{old.identifier} är skadad.*säkerhetskopia"):
        compiled(anna, snapshot, 2020)
    assert Edition.objects.count() == 1


def corrected(anna: Actor, old: Edition, snapshot: Snapshot, *tables: str, **more: Any) -> Edition:
    return compiled(anna, snapshot, old.year, replaces=old, reason="Prov.", corrects=tables, **more)


def test_a_correction_counts_only_the_tables_that_it_names(anna: Actor, alva: Actor) -> None:
    old = published(anna, alva, taken(FIRST, {2020: (130, 140)}), 2020)
    newer = taken(LATER, {2020: (150, 150)})
    with pytest.raises(ValidationError, match="Säg vilka tabeller"):
        corrected(anna, old, newer)
    with pytest.raises(ValidationError, match=r"ingen tabell fel\. Välj bland participants"):
        corrected(anna, old, newer, "fel")
    with pytest.raises(ValidationError, match="ändrar ingen siffra"):
        corrected(anna, old, newer, "interventions")
    found = rows(anna, corrected(anna, old, newer, "totals"))
    assert (found["2020 volume total"]["persons"], found["2020 volume total"]["status"]) == ("300", "ok")


def test_a_table_made_of_others_is_corrected_by_counting_those(anna: Actor, alva: Actor) -> None:
    old = published(anna, alva, taken(FIRST, {2020: (130, 140)}), 2020)
    newer = taken(LATER, {2020: (150, 150)})
    wanted = queries.inputs(
        actor=anna, report=REPORTS[ANNUAL], year=2020, snapshot=newer, replaces=old, reason="Prov.",
        choices=Choices(corrects=["growth", "shares"]),
    )  # fmt: skip
    assert wanted.corrects == ("participants", "totals")


@pytest.mark.parametrize(("more", "status"), [(4, "kept"), (-4, "kept"), (5, "ok"), (-5, "ok")])
def test_a_change_of_a_few_is_not_told(anna: Actor, alva: Actor, more: int, status: str) -> None:
    old = published(anna, alva, taken(FIRST, {2020: (30, 40)}), 2020)
    found = rows(anna, corrected(anna, old, taken(LATER, {2020: (30 + more, 60)}), "totals"))
    women = found["2020 volume women"]
    assert women["status"] == status
    assert women["persons"] == str(30 if status == "kept" else 30 + more)
    assert women.get("edition", "") == ("national-annual-2020-1" if status == "kept" else "")
    told = [one for one in ("men", "total") if found[f"2020 volume {one}"]["status"] == "ok"]
    assert len(told) == (1 if status == "kept" else 2)  # of both the women would follow


@pytest.mark.parametrize(("women", "status"), [(100, "ok"), (99, "kept")])
def test_a_change_in_a_hundred_of_the_nation_is_told(anna: Actor, alva: Actor, women: int, status: str) -> None:
    old = published(anna, alva, taken(FIRST, {2020: (women, 140)}), 2020)
    found = rows(anna, corrected(anna, old, taken(LATER, {2020: (women + 1, 140)}), "totals"))
    assert found["2020 volume women"]["status"] == status


def test_sums_over_what_stands_are_explained_and_stop_nothing(anna: Actor, alva: Actor) -> None:
    old = published(anna, alva, taken(FIRST, {2020: (30, 40)}), 2020)
    new = corrected(anna, old, taken(LATER, {2020: (34, 60)}), "totals")
    found = queries.findings(actor=anna, edition=new)
    assert {one.kind for one in found} == {"stands"}
    assert all("national-annual-2020-1" in one.sentence for one in found)
    out = edition_actions.publish(actor=alva, edition=edition_actions.review(actor=alva, edition=new))
    page = queries.file(actor=anna, edition=out, name="report.html").decode()
    assert "står kvar som det trycktes" in page
    assert b"kept" not in queries.file(actor=anna, edition=out, name="csv/changes.csv")


def test_what_was_hidden_stays_hidden_in_a_correction(anna: Actor, alva: Actor) -> None:
    old = published(anna, alva, taken(FIRST, {2020: (3, 40)}), 2020)
    found = rows(anna, corrected(anna, old, taken(LATER, {2020: (30, 80)}), "totals"))
    assert found["2020 volume women"]["status"] == "suppressed"


def test_tables_are_left_out_or_rounded_and_the_edition_says_so(anna: Actor, alva: Actor) -> None:
    snapshot = taken(FIRST, {2020: (30, 41)})
    one = published(anna, alva, snapshot, 2020, without=["interventions"], rounded=["totals"])
    names = queries.files(actor=anna, edition=one)
    assert "csv/totals.csv" in names
    assert "csv/interventions.csv" not in names
    assert "csv/participants.csv" in names  # of which nobody has registered anything: it is not left out
    found = rows(anna, one)
    assert [found[f"2020 volume {sex}"]["persons"] for sex in ("women", "men", "total")] == ["33", "44", "66"]
    assert found["2020 volume women"]["rounded_to"] == "11"
    page = queries.file(actor=anna, edition=one, name="report.html").decode()
    assert "inriktning” är utelämnad" in page
    assert "är avrundad, så att ingen" in page
    assert not queries.findings(actor=anna, edition=one)
    correction = corrected(anna, one, taken(LATER, {2020: (90, 90)}), "totals")
    assert queries.content(actor=anna, edition=correction).inputs.arrangement.rounded == {"totals"}


def test_what_is_made_of_a_table_is_left_out_with_it(anna: Actor) -> None:
    one = compiled(anna, taken(FIRST, {2020: (30, 41)}), 2020, without=["participants"])
    assert queries.content(actor=anna, edition=one).inputs.arrangement.without == {
        "participants", "recipients", "shares",
    }  # fmt: skip
    assert {"csv/totals.csv", "csv/interventions.csv"} <= queries.files(actor=anna, edition=one).keys()
    assert not {"csv/participants.csv", "csv/shares.csv"} & queries.files(actor=anna, edition=one).keys()


def test_a_publication_that_would_be_empty_or_rounded_wrongly_is_refused(anna: Actor) -> None:
    snapshot = taken(FIRST, {2020: (30, 41)})
    with pytest.raises(ValidationError, match="ingen tabell kvar"):
        compiled(anna, snapshot, 2020, without=["participants", "totals", "need_groups", "interventions"])
    with pytest.raises(ValidationError, match="kan inte avrundas"):
        compiled(anna, snapshot, 2020, rounded=["interventions"])
    with pytest.raises(ValidationError, match="ingen tabell fel"):
        compiled(anna, snapshot, 2020, without=["fel"])
    assert not Edition.objects.exists()
