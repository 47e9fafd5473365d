"""How many received a benefit, from a file: all rows or none, and a changed figure keeps the old one in its history."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from finsam.access.roles import Role
from finsam.snapshots import actions
from finsam.snapshots.models import Denominator
from tests import factories

pytestmark = pytest.mark.django_db

HEADER = "year,support,recipients,source,as_of"
GOOD = "2020,sickness_benefit,679631,Provet,2021-01-31"


def read(*lines: str) -> int:
    return actions.import_denominators(actor=factories.operator(), content="\n".join([HEADER, *lines]).encode())


def test_rows_are_read_once() -> None:
    assert read(GOOD, "2020,activity_compensation,36276,Provet,2021-01-31") == 2
    assert read(GOOD) == 0
    assert list(Denominator.objects.order_by("support").values_list("recipients", flat=True)) == [36276, 679631]


def test_a_corrected_figure_keeps_the_old_one_in_its_history() -> None:
    read(GOOD)
    assert read(GOOD.replace("679631", "679632")) == 1
    history = Denominator.history.order_by("history_id").values_list("recipients", flat=True)
    assert list(history) == [679631, 679632]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("2020,activity_compensation,-5,K,2021-01-31", "”-5” är inget heltal."),
        ("2020,activity_compensation,0,K,2021-01-31", "Antalet mottagare ska vara större än noll."),
        ("2020,activity_compensation,36276.5,K,2021-01-31", "”36276.5” är inget heltal."),
        ("2020,activity_compensation,36 276,K,2021-01-31", "”36 276” är inget heltal."),
        ("2020,activity_compensation,36_276,K,2021-01-31", "”36_276” är inget heltal."),
        ("2020,activity_compensation,٣٦,K,2021-01-31", "”٣٦” är inget heltal."),
        ("2020,activity_compensation,36,276,2021-01-31", "Källan ”276” är inget namn."),
        ("2020,activity_compensation,99999999999999999999,K,2021-01-31", "Antalet mottagare är större än antalet"),
        ("20200,activity_compensation,36276,K,2021-01-31", "Året 20200 går inte."),
        ("1989,activity_compensation,36276,K,2021-01-31", "Året 1989 går inte."),
        ("0,activity_compensation,36276,K,2021-01-31", "Året 0 går inte."),
        ("2020,unemployment,36276,K,2021-01-31", "”unemployment” är ingen av rapportens förmåner"),
        ("2020,sickness_benefit,679632,K2,2021-01-31", "Rad 2 har samma år och förmån"),
        ("2020,activity_compensation,36276,,2021-01-31", "Kolumnen source är tom."),
        ("2020,activity_compensation", "Raden har 2 fält i stället för 5."),
        ("2020,activity_compensation,36276,K,2021-02-31", "”2021-02-31” är inget datum."),
        ("2020,activity_compensation,36276,K,2021-04-01", "Uppgiften är hämtad 2021-04-01, som inte har kommit än."),
        ("2020,activity_compensation,36276,K,2020-12-30", "Uppgiften är hämtad 2020-12-30, innan året 2020 var slut."),
        ("2020,activity_compensation,36276,K\0,2021-01-31", "Fält 4 har ett tecken som inte går att läsa."),
        (f"2020,activity_compensation,36276,{'K' * 301},2021-01-31", "Kolumnen source rymmer högst 300 tecken."),
    ],
)
def test_a_faulty_row_of_denominators_is_told_by_its_number_and_nothing_is_written(line: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read(GOOD, line)
    (said,) = refusal.value.messages
    assert said.startswith(f"Rad 3: {sentence}")
    assert said.endswith(" Ingenting är importerat.")
    assert not Denominator.objects.exists()


def test_the_same_row_twice_says_nothing_new() -> None:
    assert read(GOOD, GOOD) == 1


def test_denominators_are_read_as_swedish_excel_saves_them() -> None:
    text = f"{HEADER}\n{GOOD.replace('Provet', 'Försäkringskassan')}\n".replace(",", ";")
    assert actions.import_denominators(actor=factories.operator(), content=text.encode("cp1252")) == 1
    assert Denominator.objects.get().source == "Försäkringskassan"


def test_other_columns_are_refused_with_the_right_ones() -> None:
    with pytest.raises(ValidationError, match=HEADER.replace(",", ", ")):
        actions.import_denominators(actor=factories.operator(), content=b"year,recipients\n2020,5")


def test_who_may_not_is_refused() -> None:
    reader = factories.actor(factories.user(None, Role.READER, where=factories.association()))
    with pytest.raises(PermissionDenied):
        actions.import_denominators(actor=reader, content=f"{HEADER}\n{GOOD}".encode())
