"""Answers a question from a snapshot's tables, protected beside what the same person has had and what is published."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.disclosure.cells import Counts
from finsam.disclosure.protect import NOTHING, Known, Rule, protect
from finsam.disclosure.published_before import earlier, revised
from finsam.disclosure.refusal import UnprotectableError
from finsam.disclosure.relations import Address, Relation
from finsam.editions.stored.linking import Published
from finsam.statistics.tables.tables import Tables
from finsam.table_builder.answer import TABLE, Answer, Inquiry
from finsam.table_builder.cell_identity import Identity, Implied, implied
from finsam.table_builder.overlaps import Asking, linked, placed
from finsam.table_builder.published_answers import Told, other_snapshots, same_snapshot
from finsam.table_builder.question import Asked, dimension_names
from finsam.values.sentences import SentenceError

OLDER = "older"  # stands for the same question's answer from another snapshot


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


def answered(asked: Asked, tables: Tables, beside: Beside, rule: Rule) -> Answer:
    """Give the answer; refused with a sentence when nothing makes it safe."""
    inquiry = Inquiry(asked, tables)
    counts = inquiry.counts()
    relations, known = _links(inquiry, counts, beside) if counts.persons else ([], NOTHING)
    try:
        return inquiry.answer(protect({TABLE: counts}, relations, rule, known)[TABLE], rule)
    except UnprotectableError as refusal:
        raise ValidationError(refused(refusal)) from refusal
    except SentenceError as refusal:
        raise ValidationError(contradicted()) from refusal


def refused(refusal: UnprotectableError) -> str:
    """The sentence for a table that can't be shown, with a coarser one where that would do."""
    if refusal.instead is None:
        return _(
            "Tabellen går inte att visa: tillsammans med det du har fått och det som är publicerat skulle små antal gå "
            "att räkna ut. Välj andra perioder, eller en tabell som du redan har fått."
        )
    names = {"dimension": dimension_names()[refusal.instead[1]].lower()}
    return (
        _(
            "Tabellen går inte att visa: tillsammans med det du har fått och det som är publicerat skulle små antal gå "
            "att räkna ut. Utan uppdelning på %(dimension)s går den att visa."
        )
        % names
    )


def contradicted() -> str:
    """The sentence for figures that can't be those of what is published from the same snapshot."""
    return _("Siffrorna motsäger det som är publicerat ur samma ögonblicksbild. Välj en annan ögonblicksbild.")


def _links(inquiry: Inquiry, counts: Counts, beside: Beside) -> tuple[list[Relation], Known]:
    """What holds within the table, and between it and everything it is protected together with."""
    asked, names = inquiry.asked, implied(inquiry.tables)
    new = Asking(asked.figure, counts.dimensions, counts.figures, inquiry.left, tuple(counts.cells))
    about = [answer for answer in beside.before if answer.table.persons and _touches(asked, answer.asked)]
    told = [Told(identifier, content, names) for identifier, content in beside.published]
    same = [one for one in told if one.content.inputs.snapshot_digest == beside.snapshot]
    others = [one for one in told if one.content.inputs.snapshot_digest != beside.snapshot]
    held = [(asking(answer), answer.table.cells) for answer in about]
    held += [answer for one in same for answer in one.answers]
    own, known = linked(TABLE, new, held, names)
    known = replace(known, relations=(*known.relations, *(row for one in same for row in same_snapshot(one))))
    cells = [(beside.snapshot, _cells(new, [one for one, _cells in held], names))]
    if beside.older is not None and beside.older[1].table.dimensions == counts.dimensions:
        digest, older = beside.older
        known |= revised(OLDER, earlier(OLDER, [replace(older.table, name=TABLE)]), [counts])
        cells.append((digest, _in_table(f"{OLDER}:{TABLE}", asking(older), names)))
    return own, known | other_snapshots(others, cells, known.revised)


def _cells(new: Asking, had: Sequence[Asking], names: Implied) -> Mapping[Identity, Sequence[Address]]:
    """The new table's cells and those that have been answered, by what they count."""
    found = _in_table(TABLE, new, names)
    for identity in {identity: None for one in had for identity, _key, _at in one.cells(names)}:
        found[identity].append(placed(identity))
    return found


def _in_table(name: str, asked: Asking, names: Implied) -> dict[Identity, list[Address]]:
    found: dict[Identity, list[Address]] = defaultdict(list)
    for identity, key, at in asked.cells(names):
        found[identity].append(Address(name, key, asked.counts[at]))
    return found


def asking(answer: Answer) -> Asking:
    """An answer as it was asked for, whole."""
    table = answer.table
    return Asking(answer.asked.figure, table.dimensions, table.figures, tuple(answer.where.items()), tuple(table.cells))


def _touches(one: Asked, other: Asked) -> bool:
    """Whether two questions are about some year in common."""
    return one.first[:4] <= other.last[:4] and other.first[:4] <= one.last[:4]
