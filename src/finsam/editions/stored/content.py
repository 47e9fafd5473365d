"""What an edition holds: what it was made of, the protected publication, the pattern, and the log of the attack."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from finsam.disclosure.arrangement import AS_COUNTED, Arrangement
from finsam.disclosure.cells import Protected, Rule
from finsam.disclosure.relations import Address, Relation
from finsam.editions.stored.encoding import decode, encode
from finsam.publications.blocks import Publication
from finsam.reports.commission import ORDINARY, Commission
from finsam.statistics.relations.identity import Covered, Implied, everywhere

FORMAT: Final = 1
INTERVENTION: Final = "intervention"
ONCE: Final = {"least_group": 0}  # the rule of editions that say nothing of it: all groups were told of
FROM_LINKAGE: Final = "linked"  # how the tables begin their names that are counted from a linkage too


@dataclass(frozen=True)
class Inputs:
    """What decides every byte of an edition; the same inputs give the same edition.

    `published` names the editions that were published when it was made, which it was protected together with.
    """

    report: str
    year: int
    language: str
    snapshot: str
    snapshot_digest: str
    as_of: date
    rule: Rule
    software: str
    recipients: tuple[
        tuple[int, str, int, str, str], ...
    ] = ()  # published elsewhere: year, support, number, source, day
    published: tuple[str, ...] = ()
    replaces: str = ""
    reason: str = ""
    linkage: str = ""  # the digest of the linkage, of a report that needs one
    running: int = 0  # which in order of the report and year; 0 of editions that were made before they had numbers
    corrects: tuple[str, ...] = ()  # the tables that a correction counts anew
    arrangement: Arrangement = AS_COUNTED
    commission: Commission = ORDINARY  # of a special edition

    @property
    def number(self) -> str:
        """What the edition is called in print: nothing in it is made of what somebody registered."""
        return _numbered(self.report, self.year, self.running) if self.running else ""

    def source(self, table: str) -> str:
        """Say what a table is counted from."""
        return counted_from(self.snapshot_digest, self.linkage, table)

    def facts(self) -> dict[str, Any]:
        """Say so in the manifest."""
        return {
            "as_of": self.as_of.isoformat(),
            "format": FORMAT,
            "language": self.language,
            "published_before": list(self.published),
            "reason": self.reason,
            "recipients": [list(row) for row in self.recipients],
            "replaces": self.replaces,
            "report": self.report,
            "rule": asdict(self.rule),
            "snapshot": self.snapshot,
            "snapshot_digest": self.snapshot_digest,
            "software": self.software,
            "year": self.year,
            "running": self.running,
            "corrects": list(self.corrects),
            "without": sorted(self.arrangement.without),
            "rounded": sorted(self.arrangement.rounded),
            **({"linkage": self.linkage} if self.linkage else {}),
            **(asdict(self.commission) if self.commission != ORDINARY else {}),
        }


def numbers(out: Iterable[tuple[str, str, int]]) -> Mapping[str, str]:
    """Call each edition that is out (its ID, report and year, the oldest first) by which it is of its report and year.

    So those are called too that were made before editions had numbers in print.
    """
    found, running = dict[str, str](), Counter[tuple[str, int]]()
    for identifier, report, year in out:
        running[report, year] += 1
        found[identifier] = _numbered(report, year, running[report, year])
    return found


def _numbered(report: str, year: int, running: int) -> str:
    return f"{report}-{year}-{running}"


def counted_from(snapshot_digest: str, linkage: str, table: str) -> str:
    """Give the same text for what the same table was counted from."""
    return f"{snapshot_digest} {linkage}" if table.startswith(FROM_LINKAGE) else snapshot_digest


@dataclass(frozen=True)
class Content:
    """The stored edition: everything its files are rendered from, and no figure that may not be shown.

    `implied` is what the codes of its snapshot say of each other: so that it is known later what each cell counts.
    """

    inputs: Inputs
    publication: Publication
    pattern: tuple[Address, ...]
    relations: tuple[Relation, ...]
    log: Mapping[str, Any]
    implied: Implied = field(default_factory=everywhere)

    @property
    def tables(self) -> tuple[Protected, ...]:
        """The protected tables."""
        return tuple(tidy.table for tidy in self.publication.tables)


def written(content: Content) -> dict[str, Any]:
    """Write the content down; the inputs stand in the manifest."""
    return {
        "publication": encode(content.publication),
        "pattern": encode(content.pattern),
        "relations": encode(content.relations),
        "attack": dict(content.log),
        "implied": _of_snapshot(content.implied),
    }


def inputs(facts: Mapping[str, Any]) -> Inputs:
    """Read from a manifest what an edition was made of."""
    return Inputs(
        facts["report"],
        facts["year"],
        facts["language"],
        facts["snapshot"],
        facts["snapshot_digest"],
        date.fromisoformat(facts["as_of"]),
        Rule(**(ONCE | facts["rule"])),
        facts["software"],
        tuple(tuple(row) for row in facts["recipients"]),
        tuple(facts["published_before"]),
        facts["replaces"],
        facts["reason"],
        facts.get("linkage", ""),
        facts.get("running", 0),
        tuple(facts.get("corrects", ())),
        Arrangement(frozenset(facts.get("without", ())), frozenset(facts.get("rounded", ()))),
        Commission(**{name: facts[name] for name in asdict(ORDINARY) if name in facts}),
    )


def read(facts: Mapping[str, Any], held: Mapping[str, Any]) -> Content:
    """Read the content back from its manifest and what was written."""
    publication, pattern, relations = (decode(held[name]) for name in ("publication", "pattern", "relations"))
    return Content(inputs(facts), publication, pattern, relations, held["attack"], _implied(held.get("implied", {})))


def _of_snapshot(implied: Implied) -> dict[str, Any]:
    """Write down what differs between snapshots: what each intervention is of, and which counties are covered."""
    interventions = implied.by_code.get(INTERVENTION, {})
    covered = [
        [one.association, one.county, one.first_day.isoformat(), one.ends_before and one.ends_before.isoformat()]
        for one in implied.coverage
    ]
    return {
        "interventions": [[code, *map(list, parts)] for code, parts in sorted(interventions.items())],
        "coverage": sorted(covered, key=str),
    }


def _implied(held: Mapping[str, Any]) -> Implied:
    of = {code: tuple((name, part) for name, part in parts) for code, *parts in held.get("interventions", ())}
    coverage = tuple(
        Covered(association, county, date.fromisoformat(first), date.fromisoformat(last) if last else None)
        for association, county, first, last in held.get("coverage", ())
    )
    return Implied({**everywhere().by_code, INTERVENTION: of}, coverage)
