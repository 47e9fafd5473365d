"""Anyone's table is read as it is written, and each row that does not hold together is named."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from finsam.statistics.checks.table_files import findings, read
from finsam.values.sentences import SentenceError

REFERENCE = Path(__file__).parents[1] / "reference" / "participants_2016_2020.csv"


def found(text: str) -> list[str]:
    return [f"{one.row}: {one.sentence}".replace("\u00a0", " ") for one in findings(read(text.encode()))]


def test_the_published_table_has_two_wrong_totals() -> None:
    assert found(REFERENCE.read_text("utf-8")) == [
        "2016,new,activity_compensation: kvinnor 544 + män 467 = 1 011, men totalen är 1 021.",
        "2018,ongoing,sickness_benefit: kvinnor 2 987 + män 1 168 = 4 155, men totalen är 4 146.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "region;women;men;total\nVäst; 1 011;2\u00a0000;3 011\n",
        'region,Women,Men,Total\n"Väst, norr","1,5","1,5",3\n',
        "region,women,men,total\r\nVäst,··,4,9\r\nÖst,–,·,\r\n\r\n",
        "women,men,total,published_total\n1,2,3,3\n",
        "Tabell 1. Deltagare 2020\n\nFörbund;Kvinnor;Män 1);Totalt;;\nVäst;1;1;2;;\n1) Folkbokförda.\n",
        "region\twomen\tmen\ttotal\nVäst\t<5\t1-4\t..\nÖst\t35 1)\t5*\t40²\n",
        "sep=;\nregion;women;men;total\nVäst;1;1;2\n",
    ],
)
def test_spaces_commas_semicolons_and_marks_are_read_as_they_are_meant(text: str) -> None:
    assert found(text) == []


def test_both_totals_are_compared() -> None:
    assert found("a;women;men;total;published_total\nx;1;1;3;4") == [
        "x: kvinnor 1 + män 1 = 2, men totalen är 3.",
        "x: kvinnor 1 + män 1 = 2, men totalen är 4.",
    ]


TIDY = """year,flow,sex,persons,status
2020,ongoing,women,8,ok
2020,ongoing,men,7,ok
2020,ongoing,total,15,ok
2020,new,women,,suppressed
2020,new,men,7,ok
2020,new,total,9,ok
"""


def test_our_own_tidy_tables_are_taken_and_a_hidden_cell_is_no_finding() -> None:
    assert found(TIDY) == []


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ("total,15", "total,16", "2020,ongoing,total: kvinnor 8 + män 7 = 15, men totalen är 16."),
        ("total,9", "total,19", "2020,new,total: 19 är mer än 15, som det ska vara en del av."),
        ("new,men,7", "new,men,70", "2020,new,men: 70 är mer än 9, som det ska vara en del av."),
    ],
)
def test_a_tidy_table_that_does_not_hold_together_is_found(right: str, wrong: str, sentence: str) -> None:
    assert sentence in found(TIDY.replace(right, wrong))


def test_shares_are_held_against_their_bases_and_each_other() -> None:
    shares = "year,sex,percent,base,status\n2020,women,33,3,ok\n2020,men,67,3,ok\n2020,total,100,3,ok\n"
    assert found(shares) == []
    assert found(shares.replace("67,3", "69,3")) == [
        "2020,men: inget antal av 3 är 69 procent.",
        "2020,total: kvinnor 33 + män 69 = 102, men totalen är 100.",
    ]
    recipients = "year,persons,recipients,percent,status\n2020,3410,679631,0.5,ok\n"
    assert found(recipients) == []
    assert found(recipients.replace("0.5", "0.6")) == ["2020: 3 410 av 679 631 är 0,5 procent, inte 0,6."]


def test_persons_who_stand_in_one_part_only_are_no_more_than_the_whole() -> None:
    table = "county,persons,status\n01,6,ok\n03,6,ok\ntotal,11,ok\n"
    assert found(table) == ["total: 12 är mer än 11, som det ska vara en del av."]
    assert found(table.replace("county", "need_group")) == []  # there one can stand in several


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Filen är tom."),
        ("region,women,men,total\n", "inga rader under den"),
        ("year,persons,status\n", "inga rader under den"),
        ("year,year,status\n", "Första raden ska namnge"),
        ("year,measures\n2020,3\n", "Tabellen ska ha kolumnerna Kvinnor, Män och Totalt"),
        ("year,women,men\n2020,3,4\n", "ingen kolumn Totalt"),
        ("year,women,men,total\n2020,3,4\n", "Rad 2 har 3 fält i stället för 4."),
        ("year,women,men,total\n2020,tre,4,7\n", "Rad 2: ”tre” i kolumnen women är inget tal."),
        ("year,women,men,total\n2020,1/3,4,7\n", "inget tal"),
        ('year,women,men,total\n"2020,1,2,3\n', "inga rader under den"),
        ("year,women,men,total\n2020,1,2\x00,3\n", "Rad 2 går inte att läsa"),
        ("year,women,men,total\n2020,12 34,1,2\n", "”12 34” i kolumnen women är inget tal"),
        ("year,women,men,total\n2020,٣,1,4\n", "inget tal"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(SentenceError, match=sentence):
        read(text.encode())


@pytest.mark.parametrize("percents", [(35, 36, 35), (100, 100, 100)])
def test_shares_of_each_sex_of_its_own_base_need_not_make_a_hundred(percents: tuple[int, int, int]) -> None:
    rows = zip(("women", "men", "total"), (2000, 1000, 3000), percents, strict=True)
    lines = [f"2020,{sex},{base},{percent},ok" for sex, base, percent in rows]
    assert found("\n".join(["year,sex,base,percent,status", *lines])) == []


WRONG = ["Västra: kvinnor 1 984 + män 1 059 = 3 043, men totalen är 3 053."]
OFFICE = "Förbund;Kvinnor;Män;Totalt\nNorra;120;80;200\nSödra;35;X;40\nVästra;1 984;1 059;3 053\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("divider", [";", "\t", ","])
@pytest.mark.parametrize("space", [" ", "\u00a0", "."])
@pytest.mark.parametrize(
    "heading", ["Kvinnor;Män;Totalt", "KVINNOR;män;Samtliga", "Women;Men;Summa", "Kvinnor*;Män1);Total"]
)
def test_a_table_that_people_have_is_read_however_it_was_saved(encoding, divider, space, heading) -> None:
    text = OFFICE.replace("Kvinnor;Män;Totalt", heading).replace(";", divider).replace(" ", space)
    lines = [f"{one.row}: {one.sentence}".replace("\u00a0", " ") for one in findings(read(text.encode(encoding)))]
    assert lines == WRONG


def test_a_narrow_no_break_space_parts_thousands() -> None:
    assert found(OFFICE.replace(" ", "\u202f")) == WRONG


def spreadsheet(rows: list[list[object]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Om tabellen")
        sheet = book.add_worksheet("Tabell 1")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def test_a_spreadsheet_is_read_with_its_numbers_as_they_are() -> None:
    rows: list[list[object]] = [
        ["Tabell 1. Deltagare 2020"],
        [],
        ["Förbund", "Kvinnor", "Män", "Totalt"],
        ["Norra", 120, 80.0, 200],
        ["Södra", 1.984, 1.5, 3.484],
        ["Västra", "1 984", 1059, "3 053"],
        ["Källa: ett register"],
    ]
    lines = [f"{one.row}: {one.sentence}".replace("\u00a0", " ") for one in findings(read(spreadsheet(rows)))]
    assert lines == WRONG


def test_a_file_that_only_looks_like_a_spreadsheet_is_refused() -> None:
    with pytest.raises(SentenceError, match="Kalkylbladet går inte att öppna"):
        read(b"PK\x03\x04 and nothing more")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            "a;women;men;total\nx;1.984;1.059;3.053",
            ["women: ”1.984” kan vara tusental", "men: ”1.059”", "total: ”3.053”"],
        ),
        ("a;women;men;total\nx;1.984.059;1.059;1.985.118", []),
        ("a;women;men;total\nx;1.984;0.5;2.484", []),
        ("a;women;men;total\nx;1.984,5;1.059;3.043,5", []),
        ('a,women,men,total\nx,"1,984",35,"2,019"\ny,12,8,20', []),
        ("a;women;men;total\nx;1,984;35;36,984\ny;1,5;8;9,5", []),
    ],
)
def test_a_point_is_read_where_the_column_leaves_no_doubt_and_told_of_where_it_does(table, said) -> None:
    assert all(line.startswith(start) for start, line in zip(said, found(table), strict=True))


def test_a_row_named_totalt_is_the_sum_of_the_others() -> None:
    table = "Förbund;Kvinnor;Män;Totalt\nNorra;120;80;200\nSödra;30;..;40\nTotalt;{};{};{}\n"
    assert found(table.format(150, 90, 240)) == []
    assert found(table.format(151, 90, 241)) == [
        "Totalt (women): raderna blir tillsammans 150, men här står 151.",
        "Totalt (total): raderna blir tillsammans 240, men här står 241.",
    ]
    assert found(table.format(150, 79, "..")) == ["Totalt (men): 80 är mer än 79, som det ska vara en del av."]


def test_a_row_named_totalt_sums_the_rows_of_its_own_year() -> None:
    rows = "2019;Norra;1;2;3\n2019;Summa;1;2;3\n2020;Norra;4;5;9\n2020;Summa;4;6;10\n"
    assert found(f"År;Förbund;Kvinnor;Män;Totalt\n{rows}") == [
        "2020,Summa (men): raderna blir tillsammans 5, men här står 6.",
        "2020,Summa (total): raderna blir tillsammans 9, men här står 10.",
    ]


def test_shares_make_up_no_total() -> None:
    assert found("Grupp;Kvinnor;Män;Totalt\nA;60;40;100\nB;50;50;100\nTotalt;55;45;100\n") == []
