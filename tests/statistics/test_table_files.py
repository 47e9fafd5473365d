"""Anyone's table is read as it is written, and each row that does not hold together is named."""

from pathlib import Path

import pytest

from finsam.statistics.table_files import findings, read
from finsam.values.sentences import SentenceError

REFERENCE = Path(__file__).parents[1] / "reference" / "participants_2016_2020.csv"


def found(text: str) -> list[str]:
    return [f"{one.row}: {one.sentence}".replace("\u00a0", " ") for one in findings(read(text))]


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
        "region,women,men,total\n",
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
        ("", "Första raden ska namnge"),
        ("year,year,status\n", "Första raden ska namnge"),
        ("year,measures\n2020,3\n", "Tabellen ska ha kolumnerna women, men och total"),
        ("year,women,men\n2020,3,4\n", "varken total eller published_total"),
        ("year,women,men,total\n2020,3,4\n", "Rad 2 har 3 fält i stället för 4."),
        ("year,women,men,total\n2020,tre,4,7\n", "Rad 2: ”tre” i kolumnen women är inget tal."),
        ("year,women,men,total\n2020,1/3,4,7\n", "inget tal"),
        ('year,women,men,total\n"2020,1,2,3\n', "fält i stället för 4"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(SentenceError, match=sentence):
        read(text)


@pytest.mark.parametrize("percents", [(35, 36, 35), (100, 100, 100)])
def test_shares_of_each_sex_of_its_own_base_need_not_make_a_hundred(percents: tuple[int, int, int]) -> None:
    rows = zip(("women", "men", "total"), (2000, 1000, 3000), percents, strict=True)
    lines = [f"2020,{sex},{base},{percent},ok" for sex, base, percent in rows]
    assert found("\n".join(["year,sex,base,percent,status", *lines])) == []
