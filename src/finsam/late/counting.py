"""Late registration: counts the figures of past years in every snapshot, protects them, and keeps what may be shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.disclosure.protect import Key, Rule, Status
from finsam.disclosure.refusal import UnprotectableError
from finsam.editions.stored.encoding import decode, encode
from finsam.editions.stored.linking import Published
from finsam.editions.telling import Tell, silently
from finsam.late import rules
from finsam.late.ties import Ties
from finsam.snapshots import engines, storage
from finsam.statistics.figures import late_registration
from finsam.statistics.figures.late_registration import Shown, Taken
from finsam.statistics.relations.identity import Implied, implied
from finsam.values.sentences import SentenceError

COUNTING: Final = 60  # how much of the progress the snapshots are; the protection is the rest


class Snapshot(Protocol):
    """A snapshot as the room knows it."""

    identifier: str
    digest: str
    as_of: date


def counted(
    taken: Sequence[Snapshot],
    published: Published,
    rule: Rule,
    before: Mapping[str, Any] | None = None,
    answers: Published = (),
    *,
    tell: Tell = silently,
) -> dict[str, Any]:
    """Count in every snapshot that has persons, in the order they were taken, and give what may be shown.

    What was hidden when they were counted `before` stays hidden, so that the two together tell no more than each. What
    users were answered before (`answers`) is known beside what is published.
    """
    found, places = _counted(taken, tell)
    if len(found) < rules.FEWEST or places is None:
        raise ValidationError(rules.too_few(taken))
    ties, kept = Ties([*answers, *published], places), _hidden(before)
    names = {one.digest: one.identifier for one in taken}
    tied = [
        replace(
            one, known=ties.of(digest, one.values), parts=ties.parts(digest), hidden=kept.get(one.name, frozenset())
        )
        for digest, one in found.items()
    ]
    told = {names.get(digest, digest): values for digest, values in ties.told.items()}
    try:
        shown = late_registration.protected(tied, rule, ties.known, told, _protecting(tell))
    except UnprotectableError as refusal:
        raise ValidationError(
            _("Antalen är för små för att visas: tillsammans skulle dolda antal gå att räkna ut.")
        ) from refusal
    except SentenceError as refusal:
        raise ValidationError(_(refusal.template), params=refusal.params) from refusal
    return written(shown, (identifier for identifier, _content in published))


def written(shown: Iterable[Shown], published: Iterable[str] = ()) -> dict[str, Any]:
    """Write what may be shown as JSON, and which editions it was protected together with."""
    return {
        "snapshots": [{"id": one.name, "as_of": one.as_of.isoformat(), "table": encode(one.table)} for one in shown],
        "published": list(published),
    }


def read(facts: Mapping[str, Any]) -> list[Shown]:
    """Read back what was written."""
    return [Shown(one["id"], date.fromisoformat(one["as_of"]), decode(one["table"])) for one in facts["snapshots"]]


def _hidden(before: Mapping[str, Any] | None) -> dict[str, frozenset[Key]]:
    """What was hidden when the snapshots were counted before, by their names."""
    shown = read(before) if before else []
    return {
        one.name: frozenset(key for key, (cell,) in one.table.cells.items() if cell.status is Status.SUPPRESSED)
        for one in shown
    }


def _protecting(tell: Tell) -> Callable[[float], None]:
    return lambda share: tell(_("skyddar antalen"), COUNTING + int((100 - COUNTING) * share))


def _counted(taken: Sequence[Snapshot], tell: Tell) -> tuple[dict[str, Taken], Implied | None]:
    """Count in every snapshot that has persons, by digest; with what the places of the newest say of each other."""
    found, places = dict[str, Taken](), None
    for done, one in enumerate(taken):
        tell(_("räknar ur %(snapshot)s") % {"snapshot": one.identifier}, COUNTING * done // len(taken))
        storage.refuse_damaged(one.identifier, one.digest)
        with engines.tables(storage.folder(one.identifier)) as tables:
            if tables.have_persons:
                values = late_registration.counted(tables=tables, as_of=one.as_of, fetch=engines.rows)
                found[one.digest], places = Taken(one.identifier, one.as_of, values), implied(tables)
    return found, places
