"""Answers a question from a snapshot's tables, protected beside what the same person has had and what is published."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.disclosure.cells import Counts, Protected
from finsam.disclosure.protect import NOTHING, Known, Rule, protect
from finsam.disclosure.published_before import earlier, revised
from finsam.disclosure.refusal import UnprotectableError
from finsam.disclosure.relations import Address, Relation
from finsam.editions.stored.linking import Published
from finsam.reports.labels import dimension_words
from finsam.reports.special.counting import TABLE, Counting
from finsam.reports.special.question import Question
from finsam.statistics.relations.identity import Identity, Implied, Shape, implied
from finsam.statistics.relations.web import address, links
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.statistics.tables.tables import Tables
from finsam.table_builder.answer import Answer
from finsam.table_builder.published_answers import EditionAnswers, other_snapshots, same_snapshot
from finsam.values.sentences import SentenceError

OLDER: Final = "older"  # stands for the same question's answer from another snapshot


@dataclass(frozen=True)
class Beside:
    """What an answer is protected together with: each by the digest of the snapshot it is from.

    `before` are the same person's answers from the snapshot that is asked, `older` is the answer to the same question
    from another, and `published` are the editions that are out, the oldest first.
    """

    snapshot: str = ""
    before: Sequence[Answer] = ()
    older: tuple[str, Answer] | None = None
    published: Published = ()


@dataclass(frozen=True)
class Tabulation(Counting):
    """A question counted from the tables of a snapshot, of which only the part asked for is shown."""

    def answer(self, table: Protected, rule: Rule) -> Answer:
        """The answer as it is kept: the protected table, and the order and words of its codes."""
        split = [name for name in table.dimensions if name != "period"]
        places = [table.dimensions.index(name) for name in split]
        codes = self.codes(split, (tuple(key[place] for place in places) for key in table.cells))
        filters = self.filter_words()
        return Answer(self.question, table, codes, filters, rule, self._covered(), self._lacking(table))

    def _lacking(self, table: Protected) -> tuple[tuple[str, str, str], ...]:
        """Each dimension, code and period in which the code was not in force all through."""
        found = {
            (name, code) for place, name in enumerate(table.dimensions) for code in {key[place] for key in table.cells}
        }
        listed = [
            (name, code_list, code)
            for name, code in sorted(found | set(self.question.where))
            if isinstance(code, str) and name in DIMENSIONS and (code_list := DIMENSIONS[name].code_list)
        ]
        validity, periods = self.tables.validity, self.question.periods
        return tuple(
            (name, code, periods.name(number))
            for name, code_list, code in listed
            for number in periods.numbers
            if not validity.in_period(code_list, [code], periods, number)
        )

    def _covered(self) -> tuple[str, ...]:
        """The municipalities that the association asked about has covered, on any day the snapshot knows."""
        wanted = dict(self.question.where).get("association")
        if wanted is None:
            return ()
        own = self.tables.associations.filter(self.tables.associations.number == wanted)
        rows = self.tables.coverage.semi_join(own, "association").join(self.tables.municipalities, "municipality")
        return tuple(sorted({row["code"] for row in rows.select("code").to_pyarrow().to_pylist()}))


def answer(question: Question, tables: Tables, beside: Beside, rule: Rule) -> Answer:
    """Give the answer; refused with a sentence when nothing makes it safe."""
    tabulation = Tabulation(question, tables)
    counts = tabulation.counts()
    relations, known = _links(tabulation, counts, beside) if counts.persons else ([], NOTHING)
    try:
        return tabulation.answer(protect({TABLE: counts}, relations, rule, known)[TABLE], rule)
    except UnprotectableError as refusal:
        raise ValidationError(refusal_sentence(refusal)) from refusal
    except SentenceError as refusal:
        raise ValidationError(contradiction_sentence()) from refusal


def refusal_sentence(refusal: UnprotectableError) -> str:
    """The sentence for a table that can't be shown, with a coarser one where that would do."""
    if refusal.instead is None:
        return _(
            "Tabellen går inte att visa: tillsammans med det du har fått och det som är publicerat skulle små antal gå "
            "att räkna ut. Välj andra perioder, eller en tabell som du redan har fått."
        )
    names = {"dimension": dimension_words(refusal.instead[1]).lower()}
    return (
        _(
            "Tabellen går inte att visa: tillsammans med det du har fått och det som är publicerat skulle små antal gå "
            "att räkna ut. Utan uppdelning på %(dimension)s går den att visa."
        )
        % names
    )


def contradiction_sentence() -> str:
    """The sentence for figures that can't be those of what is published from the same snapshot."""
    return _("Siffrorna motsäger det som är publicerat ur samma ögonblicksbild. Välj en annan ögonblicksbild.")


def _links(tabulation: Tabulation, counts: Counts, beside: Beside) -> tuple[list[Relation], Known]:
    """What holds within the table, and between it and everything it is protected together with."""
    question, names = tabulation.question, implied(tabulation.tables)
    new = tabulation.shape(counts)
    about = [answer for answer in beside.before if answer.table.persons and _touches(question, answer.question)]
    editions = [EditionAnswers(identifier, content, names) for identifier, content in beside.published]
    same = [edition for edition in editions if edition.content.inputs.snapshot_digest == beside.snapshot]
    others = [edition for edition in editions if edition.content.inputs.snapshot_digest != beside.snapshot]
    held = [(shape(answer), answer.table.cells, answer.rule) for answer in about]
    held += [answer for edition in same for answer in edition.answers]
    own, known = links(TABLE, new, held, names)
    known = replace(known, relations=(*known.relations, *(row for edition in same for row in same_snapshot(edition))))
    cells = [(beside.snapshot, _cells(new, [had for had, _cells, _rule in held], names))]
    if beside.older is not None and beside.older[1].table.dimensions == counts.dimensions:
        digest, older = beside.older
        known |= revised(OLDER, earlier(OLDER, [replace(older.table, name=TABLE)], [], older.rule), [counts])
        cells.append((digest, _in_table(f"{OLDER}:{TABLE}", shape(older), names)))
    return own, known | other_snapshots(others, cells, known.revised)


def _cells(new: Shape, had: Sequence[Shape], names: Implied) -> Mapping[Identity, Sequence[Address]]:
    """The new table's cells and those that have been answered, by what they count."""
    found = _in_table(TABLE, new, names)
    for identity in {identity: None for shape in had for identity, _key, _at in shape.cells(names)}:
        found[identity].append(address(identity))
    return found


def _in_table(name: str, shape: Shape, names: Implied) -> dict[Identity, list[Address]]:
    found: dict[Identity, list[Address]] = defaultdict(list)
    for identity, key, at in shape.cells(names):
        found[identity].append(Address(name, key, shape.counts[at]))
    return found


def shape(answer: Answer) -> Shape:
    """What the whole table of an answer counts."""
    table = answer.table
    filters = tuple(answer.where.items())
    return Shape(answer.question.figure, table.dimensions, table.figures, filters, tuple(table.cells))


def _touches(question: Question, other: Question) -> bool:
    """Whether two questions are about some year in common."""
    return question.first[:4] <= other.last[:4] and other.first[:4] <= question.last[:4]
