"""A file of codes says what is wrong by row number, adds, closes and confirms what its columns say, or does nothing."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError

from finsam.codes import actions
from finsam.codes.actions import Imported
from finsam.codes.models import Code
from tests import factories

pytestmark = pytest.mark.django_db
HEADER = ",".join(actions.COLUMNS)
GOOD = "support,new_benefit,Ny förmån,New benefit,,2021-01-01,,Källa 1,ja"
EXPLAINED = f"{HEADER},explanation,explanation_en"


def imported(*lines: str, heading: str = HEADER, encoding: str = "utf-8") -> Imported:
    content = "\r\n".join([heading, *lines]).encode(encoding)
    return actions.import_rows(actor=factories.operator(), content=content)


def refused(*lines: str, heading: str = HEADER) -> list[str]:
    """The lines of the refusal, which leaves every row as it was."""
    before = list(Code.objects.order_by("pk").values())
    with pytest.raises(ValidationError) as refusal:
        imported(*lines, heading=heading)
    assert list(Code.objects.order_by("pk").values()) == before
    (sentence,) = refusal.value.messages
    assert sentence.endswith("Ingenting är importerat.")
    return sentence.splitlines()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_a_file_of_codes_is_read_however_excel_saved_it(encoding: str, divider: str) -> None:
    heading, line = (text.replace(",", divider) for text in (HEADER, GOOD))
    assert imported(line, heading=heading, encoding=encoding) == Imported(added=1)
    row = Code.objects.get(code="new_benefit")
    assert (row.label, row.source, row.first_day, row.verified) == ("Ny förmån", "Källa 1", date(2021, 1, 1), True)


def test_a_spreadsheet_of_codes_is_read_with_its_days() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, actions.COLUMNS)
        sheet.write_row(1, 0, ["support", "new_benefit", "Ny förmån", "New", "", "", "", "Källa", "nej"])
        sheet.write_datetime(1, 5, date(2021, 1, 1))
    done = actions.import_rows(actor=factories.operator(), content=file.getvalue())
    assert (done, Code.objects.get(code="new_benefit").first_day) == (Imported(added=1), date(2021, 1, 1))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("nolist,x,X,X,,2021-01-01,,K,ja", "Listan finns inte."),
        ("support,x,X,X,,2021-13-01,,K,ja", "”2021-13-01” är inget datum."),
        ("support,x,X,X,,20210101,,K,ja", "”20210101” är inget datum."),
        ("support,x,X,X,,2021-02-01,2021-01-01,K,ja", "Sista dagen ligger före första dagen."),
        ("support,student_aid,Annat namn,X,,2010-01-01,,K,ja", "Koden har redan en rad för de dagarna."),
        ("support,,X,X,,2021-02-01,,K,ja", "Kolumnen code är tom."),
        ("support,y,X,X,,2021-02-01,,,ja", "Kolumnen source är tom."),
        ("support,y", "Raden har 2 fält i stället för 9."),
        ("support,z,Zed,Zed,,2021-02-01,,K,ja,extra,more", "Raden har 11 fält i stället för 9."),
        ("support,z\0,Z,Z,,2021-02-01,,K,ja", "Fält 2 har ett tecken som inte går att läsa."),
        ("support,zz,Zz,Zz,,2021-02-01,,K,kanske", "Kolumnen verified är ”kanske”. Skriv ja eller nej."),
        ("support,zz,Zz,Zz,,2021-02-01,,K,", "Kolumnen verified är tom."),
        ("direction,newdir,Ny,New,noparent,2021-02-01,,K,ja", "En inriktning hör till en av: individual, structural."),
        ("direction,newdir,Ny,New,,2021-02-01,,K,ja", "En inriktning hör till en av: individual, structural."),
        ("direction,newdir,Ny,New,individual,2021-02-01,,K,ja", "Förklara inriktningen i en mening."),
        ("support,x,X,X,individual,2021-01-01,,K,ja", "Bara en inriktning hör till något"),
        (f"support,x,{'X' * 501},X,,2021-01-01,,K,ja", "Fält 3 är längre än 500 tecken."),
        (f"support,x,{'X' * 201},X,,2021-01-01,,K,ja", "Kolumnen label rymmer högst 200 tecken."),
        ("support,student_aid,Studiestöd,Student aid,,2004-01-01,,K,nej", "Källan ändras bara när raden bekräftas."),
        ("support,student_aid,Annat,Student aid,,2004-01-01,,K,ja", "med label ”Studiestöd”. Den skrivs inte över"),
        ("support,activity_grant,Aktivitetsstöd,,,2004-01-01,,K,nej", "Raden är redan bekräftad."),
    ],
)
def test_a_faulty_row_of_codes_is_told_by_its_number_and_nothing_is_written(line: str, sentence: str) -> None:
    (said,) = refused(GOOD, line)
    assert said.startswith("Rad 3: ")
    assert sentence in said


def test_all_faulty_rows_are_told_together_up_to_twenty() -> None:
    lines = [f"support,,Utan kod {number},,,2020-01-01,,Källa,nej" for number in range(23)]
    said = refused(*lines[:2], "", GOOD, lines[2])
    assert [line.partition(":")[0] for line in said[:-1]] == ["Rad 2", "Rad 3", "Rad 6"]
    said = refused(*lines)
    assert (len(said), said[20]) == (22, "Fler rader har fel: 3 till.")


def test_the_same_code_twice_in_a_file_is_refused_with_both_rows() -> None:
    again = GOOD.replace("2021-01-01", "2021-03-01")
    assert refused(GOOD, GOOD, again)[:2] == [
        "Rad 3: Samma kod och första dag står redan på rad 2.",
        "Rad 4: Koden har redan en rad för de dagarna. Stäng den gamla raden först. Se kolumnen first_day.",
    ]


@pytest.mark.parametrize(
    ("heading", "lines", "sentence"),
    [
        (f"{HEADER},colour", [f"{GOOD},red"], "Se över på rad 1: ”colour”"),
        (f"{HEADER},code", [f"{GOOD},x"], "Se över på rad 1: ”code”"),
        (HEADER.replace(",source", ""), [], "Se över på rad 1: ”source”"),
        (HEADER, [], "inga rader under den"),
        ("", [], "Filen är tom."),
    ],
)
def test_another_heading_is_refused_with_the_columns_that_are_wrong(heading: str, lines: list[str], sentence: str):
    assert sentence in refused(*lines, heading=heading)[0]


CLOSING = "support,student_aid,Studiestöd,Student aid,,{},2020-07-01,Källa,ja"


@pytest.mark.parametrize("first_day", ["2004-01-01", "1900-01-01"])  # nothing is registered before the law
def test_a_file_closes_and_confirms_a_row_that_is_there(first_day: str) -> None:
    assert imported(CLOSING.format(first_day)) == Imported(closed=1, confirmed=1)
    row = Code.objects.get(list="support", code="student_aid")
    assert (row.ends_before, row.verified, row.source, row.origin) == (date(2020, 7, 1), True, "Källa", "local")
    assert imported(CLOSING.format(first_day)) == Imported()
    assert row.history.count() == 3


def test_a_file_opens_no_row_that_is_closed() -> None:
    imported(CLOSING.format("2004-01-01"))
    assert "Raden är redan stängd." in refused(CLOSING.format("2004-01-01").replace("2020-07-01", ""))[0]


def test_a_file_closes_a_row_and_gives_it_a_new_name_from_that_day() -> None:
    new = "support,student_aid,Studiemedel,Student grant,,2020-07-01,,Källa,ja"
    assert imported(CLOSING.format("2004-01-01"), new) == Imported(added=1, closed=1, confirmed=1)


def test_a_last_day_does_not_reach_into_the_next_row_of_the_code() -> None:
    imported(CLOSING.format("2004-01-01"), "support,student_aid,Studiemedel,Grant,,2020-07-01,,Källa,ja")
    row = Code.objects.get(code="student_aid", ends_before=date(2020, 7, 1))
    with pytest.raises(ValidationError, match="en annan rad från 2020-07-01"):
        actions.close(actor=factories.operator(), row=row, ends_before=date(2020, 7, 2))
    with pytest.raises(ValidationError, match="före första dagen"):
        actions.close(actor=factories.operator(), row=row, ends_before=date(2004, 1, 1))


DIGITAL = "direction,digital,Digitalt stöd,Digital support,{},2019-01-01,{},Beslut,ja,Stöd på distans.,Support online."


def test_an_imported_direction_belongs_to_one_kind_and_carries_its_explanation() -> None:
    first, later = DIGITAL.format("individual", "2020-01-01"), DIGITAL.format("individual", "").replace("2019", "2020")
    assert imported(first, later, heading=EXPLAINED) == Imported(added=2)
    row = Code.objects.filter(code="digital").latest("first_day")
    assert (row.parent, row.explained) == ("individual", "Stöd på distans.")
    other = DIGITAL.format("structural", "2019-01-01").replace("2019-01-01", "2018-01-01", 1)
    assert "hör redan till individual" in refused(other, heading=EXPLAINED)[0]
