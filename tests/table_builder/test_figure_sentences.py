"""Every count of every figure has sentences of its own: of nobody, of one and of several."""

import re
from itertools import chain

import pytest
from django.utils.translation import override

from finsam.disclosure.cells import SUPPRESSED, Cell
from finsam.publications.wording import counted
from finsam.statistics.figures.registry import FIGURES

COLUMNS = [(figure, count) for figure, facts in FIGURES.items() for count in facts.counts]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("figure", "count"), COLUMNS)
def test_every_count_has_a_sentence_of_nobody_of_one_and_of_two(figure, count, language):
    with override(language):
        none, one, two = (counted(FIGURES[figure].columns[count], Cell(number), period="2020") for number in (0, 1, 2))
        hidden = counted(FIGURES[figure].columns[count], SUPPRESSED, period="2020")
    assert hidden == ""
    assert not re.search(r"\b0\b", none)
    assert re.search(r"(?i)\b(ingen|inget|nobody|no|none)\b", none), none
    assert re.search(r"\b1\b", one)
    assert re.search(r"\b2\b", two)
    assert not re.search(
        r"\b1 (personer|deltaganden|insatser|anonyma|avslutade|persons|participations|participants)\b", one
    )
    assert not re.search(
        r"\b2 (person|deltagande|insats|anonym|avslutat|participation|participant|intervention)\b", two
    )


def test_no_two_counts_of_a_figure_say_the_same():
    for figure, facts in FIGURES.items():
        said = list(chain.from_iterable(facts.columns.values()))
        forms = {form for told in facts.columns.values() for form in {*told}}
        assert len(forms) == sum(len({*told}) for told in facts.columns.values()), (figure, said)
