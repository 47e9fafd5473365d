"""How many received a benefit, from a file: all rows or none, and a changed figure keeps the old one in its history."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from finsam.access.roles import Role
from finsam.reporting import actions
from finsam.reporting.models import Denominator
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
    ("line", "words"),
    [
        ("2020,sickness_benefit,många,Provet,2021-01-31", "Rad 3"),
        ("2020,sickness_benefit,5,Provet,2021-02-31", "Rad 3"),
        ("2020,sickness_benefit,0,Provet,2021-01-31", "större än noll"),
        ("2020,pension,5,Provet,2021-01-31", "ingen av rapportens förmåner"),
        ("2020,sickness_benefit,5", "Rad 3"),
    ],
)
def test_one_wrong_row_and_nothing_is_read(line: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        read(GOOD, line)
    assert not Denominator.objects.exists()


def test_other_columns_are_refused_with_the_right_ones() -> None:
    with pytest.raises(ValidationError, match=HEADER.replace(",", ", ")):
        actions.import_denominators(actor=factories.operator(), content=b"year,recipients\n2020,5")


def test_who_may_not_is_refused() -> None:
    reader = factories.actor(factories.user(None, Role.READER, where=factories.association()))
    with pytest.raises(PermissionDenied):
        actions.import_denominators(actor=reader, content=f"{HEADER}\n{GOOD}".encode())
