"""Where a figure of an answer comes from: what it counts, in which tables of the snapshot, and who is behind it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from finsam.disclosure.cells import TOTAL, Key
from finsam.editions.provenance import TABLES, TERMS, Behind, Provenance, Words
from finsam.reports.labels import column_words, dimension_words
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.table_builder.answer import Answer
from finsam.table_builder.presentation import heading
from finsam.values.keys import Code, written

TOLD: Final = frozenset(
    {"sex", "support", "need_group", "association"}
)  # what the participations behind a figure are found by


def provenance(answer: Answer, key: Key, as_of: date) -> Provenance | None:
    """Say where a row of an answer comes from; None when there is no such row."""
    row = answer.excerpt.cells.get(key)
    if row is None:
        return None
    codes = dict(zip(answer.excerpt.dimensions, key, strict=True))
    figure = answer.question.counted
    return Provenance(
        tuple(_place(answer, codes)),
        tuple((column_words(count), cell) for count, cell in zip(answer.excerpt.figures, row, strict=True)),
        heading(answer),
        _(figure.sentence),
        tuple(_terms(answer, codes)),
        tuple(TABLES[name] for name in _tables(answer)),
        _behind(answer, codes, as_of),
        answer.rule,
    )


def _place(answer: Answer, codes: Mapping[str, Code]) -> Iterator[tuple[str, str]]:
    """The row in words: what it is of, then what the whole table is filtered by."""
    for name, code in codes.items():
        yield dimension_words(name), _word(answer, name, code)
    for name, label in answer.filters.items():
        yield dimension_words(name), label


def _terms(answer: Answer, codes: Mapping[str, Code]) -> Iterator[tuple[str, Words]]:
    terms = [(one, _word(answer, *one)) for one in codes.items()]
    terms += [((name, code), answer.filters[name]) for name, code in answer.question.where]
    terms += [(("figure", count), column_words(count)) for count in answer.excerpt.figures]
    for one, words in terms:
        if one in TERMS:
            yield words, TERMS[one]


def _word(answer: Answer, name: str, code: Code) -> str:
    return dict(answer.codes.get(name, ())).get(code, written(code))


def _tables(answer: Answer) -> tuple[str, ...]:
    """The tables of the snapshot that the figure is counted in, and those that its dimensions are taken from."""
    question = answer.question
    names = [*FIGURES[question.figure].tables]
    for name in (*question.by, *dict(question.where)):
        names += DIMENSIONS[name].tables
    return tuple(dict.fromkeys(names))


def _behind(answer: Answer, codes: Mapping[str, Code], as_of: date) -> Behind | None:
    """The participations of a figure, where they can be found by what the row is of."""
    figure = FIGURES[answer.question.figure]
    parts = {name: written(code) for name, code in codes.items() if name != "period" and code is not TOTAL}
    parts |= {name: written(code) for name, code in answer.question.where}
    if not figure.flow or figure.counts != (figure.unit,):
        return None
    period = written(codes["period"])
    if not parts.keys() <= TOLD or not period.isdigit():
        return None
    supports = frozenset({parts["support"]} if "support" in parts else ())
    need_group = parts.get("need_group")
    return Behind(
        int(period),
        figure.flow,
        supports,
        parts.get("sex", ""),
        as_of,
        association=parts.get("association", ""),
        need_group="" if need_group == written(UNKNOWN) else need_group,
    )
