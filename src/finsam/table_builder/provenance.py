"""Where a figure of an answer comes from: what it counts, in which tables of the snapshot, and who is behind it."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _

from finsam.disclosure.cells import TOTAL, Key
from finsam.editions.provenance import TABLES, TERMS, Behind, Provenance, Words
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN
from finsam.table_builder.answer import Answer
from finsam.table_builder.presentation import heading
from finsam.table_builder.question import count_names, dimension_names
from finsam.values.keys import Code, written

STAYS: Final = ("participations", "persons", "interventions")
HEADS: Final = ("head_counts", "interventions")
OF_FIGURE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "heads": HEADS,
        "structural_heads": HEADS,
        "participants": (*STAYS, "head_counts"),
        "planned_and_actual": (*STAYS, "head_counts", "plans"),
        "persons_supports": (*STAYS, "supports"),
        "participations_supports": (*STAYS, "supports"),
        "interventions": ("interventions",),
        "associations": ("interventions", "associations"),
    }
)
OF_DIMENSION: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "support": ("supports",),
        "support_after": ("supports",),
        "need_group": ("needs",),
        "target_group": ("target_groups",),
        "party": ("performers",),
        "association": ("associations",),
        "association_county": ("coverage", "municipalities"),
        "association_region": ("coverage", "municipalities"),
        "municipality": ("municipalities",),
        "county": ("municipalities",),
        "region": ("municipalities",),
    }
)
FLOWS: Final = ("ongoing", "new", "ended")
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
        tuple((count_names()[count], cell) for count, cell in zip(answer.excerpt.figures, row, strict=True)),
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
        yield dimension_names()[name], _word(answer, name, code)
    for name, label in answer.filters.items():
        yield dimension_names()[name], label


def _terms(answer: Answer, codes: Mapping[str, Code]) -> Iterator[tuple[str, Words]]:
    terms = [(one, _word(answer, *one)) for one in codes.items()]
    terms += [((name, code), answer.filters[name]) for name, code in answer.question.where]
    terms += [(("figure", count), count_names()[count]) for count in answer.excerpt.figures]
    for one, words in terms:
        if one in TERMS:
            yield words, TERMS[one]


def _word(answer: Answer, name: str, code: Code) -> str:
    return dict(answer.codes.get(name, ())).get(code, written(code))


def _tables(answer: Answer) -> tuple[str, ...]:
    """The tables of the snapshot that the figure is counted in, and those that its dimensions are taken from."""
    question = answer.question
    names = [*OF_FIGURE.get(question.figure, STAYS)]
    for name in (*question.by, *dict(question.where)):
        names += OF_DIMENSION.get(name, ())
    return tuple(dict.fromkeys(names))


def _behind(answer: Answer, codes: Mapping[str, Code], as_of: date) -> Behind | None:
    """The participations of a figure, where they can be found by what the row is of."""
    flow = answer.question.figure.partition("_")[2]
    parts = {name: written(code) for name, code in codes.items() if name != "period" and code is not TOTAL}
    parts |= {name: written(code) for name, code in answer.question.where}
    if answer.question.figure.partition("_")[0] not in {"persons", "participations"} or flow not in FLOWS:
        return None
    period = written(codes["period"])
    if not parts.keys() <= TOLD or not period.isdigit():
        return None
    supports = frozenset({parts["support"]} if "support" in parts else ())
    need_group = parts.get("need_group")
    return Behind(
        int(period),
        flow,
        supports,
        parts.get("sex", ""),
        as_of,
        association=parts.get("association", ""),
        need_group="" if need_group == written(UNKNOWN) else need_group,
    )
