"""What may be asked about editions: which there are, what they hold, what they change, and what does not hold."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.disclosure.attack.examination import AttackLog
from finsam.disclosure.protect import Counts, Known
from finsam.disclosure.relations import Address
from finsam.editions import choices as chosen
from finsam.editions import consistency, refusals, run_queries
from finsam.editions.argus.proposer import proposer
from finsam.editions.choices import Choices
from finsam.editions.models import Compilation, Edition, OutsideFigure
from finsam.editions.stored import changes, former, places, standing
from finsam.editions.stored import content as contents
from finsam.editions.stored.content import Content, Inputs
from finsam.publications.formats import report_page
from finsam.reports.commission import ORDINARY, Commission
from finsam.snapshots import denominators, folders, linkage, queries
from finsam.snapshots.models import Snapshot
from finsam.statistics.checks.consistency import Finding
from finsam.statistics.derived.revisions import Change, shared
from finsam.values.keys import parted

if TYPE_CHECKING:
    from finsam.editions.stored.linking import Published
    from finsam.reports.registry import Report
    from finsam.reports.source import Source
    from finsam.statistics.relations.identity import Implied
    from finsam.statistics.tables.tables import Tables

NOTHING_CHOSEN: Final = Choices()
SPECIAL: Final = "special"  # the report that answers a question
OUT = (Edition.State.PUBLISHED, Edition.State.REPLACED)  # what the world has seen


@dataclass(frozen=True)
class Differences:
    """What an edition shows otherwise than an earlier one: how many cells they share, and the changed ones in words."""

    before: Edition
    shared: int
    changed: Sequence[tuple[str, Change]]
    later: bool  # the snapshot is of a later day: what was registered between the days explains it


def editions(*, actor: Actor) -> QuerySet[Edition]:
    """The editions the actor may see, newest first: those that are out, and drafts for those who work with them."""
    actor.require(Permission.SEE_REPORTS)
    found = Edition.objects.select_related("snapshot", "replaces").order_by("-compiled_at", "-pk")
    return found if actor.may(Permission.REVIEW_EDITION) else found.filter(state__in=OUT)


def edition(*, actor: Actor, identifier: str) -> Edition:
    """The edition with an ID, or with a number if it is out; refused with a sentence when there is none."""
    numbered = {number: own for own, number in numbers(actor=actor).items()}
    found = editions(actor=actor).filter(identifier=numbered.get(identifier, identifier)).first()
    if found is None:
        raise ValidationError(places.unknown(identifier))
    return found


def numbers(*, actor: Actor) -> Mapping[str, str]:
    """What each edition that is out is called, by ID, which is made of every row of the snapshot and is not told."""
    return contents.numbers((one.identifier, one.report, one.year) for one in published(actor=actor))


def title(*, actor: Actor, edition: Edition) -> str:
    """What an edition is called: the title of a special one, else its report's name."""
    actor.require(Permission.SEE_REPORTS)
    place = places.folder(edition.identifier)
    if edition.report == SPECIAL and place.exists():
        return contents.inputs(folders.facts_of(place)).commission.title
    return run_queries.name(actor=actor, key=edition.report)


def report(*, actor: Actor, edition: Edition) -> "Report":
    """The report that an edition is of, with the tables it has."""
    of = run_queries.report(actor=actor, key=edition.report)
    return of.of(made_of(actor=actor, edition=edition).commission.question)


def compilation(*, actor: Actor, pk: int) -> Compilation:
    """One compiling of an edition."""
    actor.require(Permission.COMPILE_EDITION)
    return Compilation.objects.select_related("snapshot", "edition", "replaces").get(pk=pk)


def published(*, actor: Actor) -> list[Edition]:
    """Everything the world has seen, the oldest first."""
    actor.require(Permission.SEE_REPORTS)
    return list(Edition.objects.filter(state__in=OUT).select_related("snapshot").order_by("published_at", "pk"))


def held(*, actor: Actor, identifiers: Sequence[str]) -> "Published":
    """What some editions hold, in the order they were published."""
    found = [one for one in published(actor=actor) if one.identifier in identifiers]
    return [(one.identifier, content(actor=actor, edition=one)) for one in found]


def out(*, actor: Actor) -> "Published":
    """What everything the world has seen holds, the oldest first."""
    return held(actor=actor, identifiers=[one.identifier for one in published(actor=actor)])


def former_answers(*, actor: Actor) -> "Published":
    """What users were answered before, from the snapshots of what is out; the world has seen it too."""
    from finsam.editions.stored import linking

    return former.answers(linking.snapshots(out(actor=actor)))


def inputs(
    *,
    actor: Actor,
    report: "Report",
    year: int,
    snapshot: Snapshot,
    language: str = "sv",
    replaces: Edition | None = None,
    reason: str = "",
    choices: Choices = NOTHING_CHOSEN,
    commission: Commission = ORDINARY,
) -> Inputs:
    """What a new edition would be made of.

    What was published already is a part of it. An edition of the very same inputs that is out is made again as it
    was: beside what was published before it.
    """
    rows = queries.denominators(actor=actor)
    replaced = made_of(actor=actor, edition=replaces) if replaces else None
    report = report.of((replaced.commission if replaced else commission).question)
    wanted = Inputs(
        report=report.key,
        year=year,
        language=language,
        snapshot=snapshot.identifier,
        snapshot_digest=snapshot.digest,
        as_of=snapshot.as_of,
        rule=chosen.rule(replaces, choices),
        software=f"finsam {version('finsam')}",
        recipients=tuple((r.year, r.support, r.recipients, r.source, r.as_of.isoformat()) for r in rows),
        replaces=replaces.identifier if replaces else "",
        reason=reason,
        linkage=linkage.needed(snapshot) if report.needs_linkage else "",
        corrects=chosen.corrects(report, replaces, choices),
        arrangement=chosen.arrangement(report, replaced, choices),
        commission=replaced.commission if replaced else commission,
    )
    out = published(actor=actor)
    for one in out:
        places.refuse_damaged(one.identifier, one.digest)
        own = contents.inputs(folders.facts_of(places.folder(one.identifier)))
        if replace(own, published=(), running=0) == wanted:
            return own
    running = 1 + sum((one.report, one.year) == (report.key, year) for one in out)
    return replace(wanted, published=tuple(one.identifier for one in out), running=running)


def beside(
    *, actor: Actor, inputs: Inputs, implied: "Implied", repeats: bool = True
) -> Callable[[Iterable[Counts]], Known]:
    """What a report's counts are protected together with: everything in its inputs that was published before it.

    What is out already is repeated, unless it is working material. What the codes of the snapshot say of each other is
    `implied`. τ-ARGUS is asked where the hiding may begin in tables that are large enough.
    """
    from finsam.editions.stored import linking  # loads what counts

    before, place = held(actor=actor, identifiers=inputs.published), Path(settings.FINSAM_HOME) / "argus"

    def known(counts: Iterable[Counts]) -> Known:
        counts = tuple(counts)
        telling = linking.telling(inputs, counts, implied)
        if inputs.commission != ORDINARY and not inputs.replaces:
            refusals.refuse_shown(
                linking.shown_already(before, inputs.snapshot_digest, counts, telling), standing.out(before).numbers
            )
        told = former.answers({**linking.snapshots(before), inputs.snapshot_digest: implied})
        beside = linking.known(
            [*told, *before], inputs.snapshot_digest, linking.addresses(counts), inputs.linkage, telling
        )
        if repeats:
            beside = standing.beside(standing.out(before), inputs, counts, beside)
        return replace(beside, propose=proposer(place))

    return known


def refuse_other_snapshot(*, actor: Actor, inputs: Inputs) -> None:
    """Refuse to count a year from another snapshot than its first publication named, but for a correction."""
    before = held(actor=actor, identifiers=inputs.published)
    standing.refuse_other_snapshot(standing.out(before), inputs)


def snapshot_for(*, actor: Actor, year: int) -> Snapshot:
    """The snapshot of a year: the one its first publication named, else the first from 31 January the year after."""
    named = standing.out(out(actor=actor)).snapshots.get(str(year))
    if named:
        return queries.snapshot(actor=actor, identifier=named)
    return queries.snapshot_for(actor=actor, year=year)


def source_of(*, actor: Actor, inputs: Inputs, tables: "Tables", repeats: bool = True) -> "Source":
    """What a report is made of: the inputs, with its snapshot open as tables; working material repeats nothing."""
    from finsam.reports.source import Source  # loads the statistics
    from finsam.statistics.relations.identity import implied

    return Source(
        tables,
        inputs.year,
        inputs.rule,
        snapshot_id=inputs.snapshot,
        as_of=inputs.as_of,
        language=inputs.language,
        recipients=denominators.held(inputs.recipients),
        linked=linkage.handed(inputs.linkage, tables),
        link=beside(actor=actor, inputs=inputs, implied=implied(tables), repeats=repeats),
        number=inputs.number if repeats else "",
        arrangement=inputs.arrangement,
        commission=inputs.commission,
    )


def content(*, actor: Actor, edition: Edition) -> Content:
    """What an edition holds; refused when a byte of it has changed."""
    actor.require(Permission.SEE_REPORTS)
    return places.read(edition.identifier, edition.digest, _named(actor, edition))


def made_of(*, actor: Actor, edition: Edition) -> Inputs:
    """What an edition was made of, read without what it holds; refused when a byte of it has changed."""
    return contents.inputs(folders.facts_of(folder(actor=actor, edition=edition)))


def before(*, actor: Actor, inputs: Inputs) -> Edition | None:
    """The edition that a new one is compared with: the one it replaces, or last year's that was published before it."""
    actor.require(Permission.SEE_REPORTS)
    if inputs.replaces:
        return Edition.objects.get(identifier=inputs.replaces)
    if inputs.commission != ORDINARY:
        return None  # no two of them show the same table
    same = Edition.objects.filter(report=inputs.report, language=inputs.language, year=inputs.year - 1)
    return same.filter(identifier__in=inputs.published).order_by("published_at", "pk").last()


def differences(*, actor: Actor, edition: Edition) -> Differences | None:
    """All cells that an edition shows otherwise than the one it is compared with; None when there is none."""
    actor.require(Permission.REVIEW_EDITION)
    new = content(actor=actor, edition=edition)
    old = before(actor=actor, inputs=new.inputs)
    if old is None:
        return None
    earlier = content(actor=actor, edition=old)
    changed = changes.between(earlier, new.publication)
    words = [(changes.words(new.publication, one), one) for one in changed]
    common = shared(earlier.tables, (table for table in new.tables if table.name != changes.TABLE))
    return Differences(old, common, words, new.inputs.as_of > earlier.inputs.as_of)


def outside(*, actor: Actor, report: str) -> QuerySet[OutsideFigure]:
    """Figures that others have published for cells of a report."""
    actor.require(Permission.SEE_REPORTS)
    return OutsideFigure.objects.filter(report=report).order_by("table", "key", "figure", "source", "pk")


def findings(*, actor: Actor, edition: Edition) -> list[Finding]:
    """What the consistency gate finds in an edition."""
    actor.require(Permission.REVIEW_EDITION)
    new = content(actor=actor, edition=edition)
    old = before(actor=actor, inputs=new.inputs)
    compared = [
        consistency.Outside(Address(row.table, parted(row.key), row.figure), Fraction(row.number), row.source)
        for row in outside(actor=actor, report=edition.report)
    ]
    return consistency.gate(new, content(actor=actor, edition=old) if old else None, compared)


def leaks(*, actor: Actor, edition: Edition, progress: Callable[[float], None] | None = None) -> tuple[str, ...]:
    """Attack an edition together with everything that was published before it; gives the tables that leak."""
    from finsam.editions.stored import linking  # loads what counts

    actor.require(Permission.REVIEW_EDITION)
    new = content(actor=actor, edition=edition)
    before = held(actor=actor, identifiers=new.inputs.published)
    answers = former.answers(linking.snapshots([*before, ("", new)]))
    return linking.attacked(new, before, answers, progress).leaks


def attack(*, actor: Actor, as_if: Edition | None = None) -> AttackLog | None:
    """Attack everything that is out, and an edition as if it were; None when nothing is."""
    from finsam.editions.stored import linking  # loads what counts

    actor.require(Permission.REVIEW_EDITION)
    every = out(actor=actor)
    if as_if is not None and as_if.state not in OUT:
        new = content(actor=actor, edition=as_if)
        return linking.attacked(new, every, former.answers(linking.snapshots([*every, ("", new)])))
    return linking.attacked_together(every, former.answers(linking.snapshots(every))) if every else None


def folder(*, actor: Actor, edition: Edition) -> Path:
    """The folder with an edition's files; refused when a byte has changed."""
    actor.require(Permission.SEE_REPORTS)
    places.refuse_damaged(edition.identifier, edition.digest, _named(actor, edition))
    return places.folder(edition.identifier)


def file(*, actor: Actor, edition: Edition, name: str) -> bytes:
    """One file of an edition, by its name in the manifest."""
    if name not in files(actor=actor, edition=edition):
        raise Edition.DoesNotExist
    return (places.folder(edition.identifier) / name).read_bytes()


def files(*, actor: Actor, edition: Edition) -> Mapping[str, str]:
    """The files of an edition, each with its SHA-256; what it was made of is not among those that are given out."""
    found = folders.facts_of(folder(actor=actor, edition=edition))["files"]
    return {name: facts["sha256"] for name, facts in sorted(found.items()) if name != places.CONTENT}


def manifest(*, actor: Actor, edition: Edition) -> bytes:
    """What an edition was made of: its snapshot, the editions before it, and the digest of every file."""
    actor.require(Permission.SEE_SNAPSHOTS)
    return (folder(actor=actor, edition=edition) / folders.MANIFEST).read_bytes()


def csv_archive(*, actor: Actor, edition: Edition) -> bytes:
    """Every CSV file of an edition in one archive."""
    return report_page.zipped(folder(actor=actor, edition=edition))


def _named(actor: Actor, edition: Edition) -> str:
    """What an edition is called to who may not be told its ID; '' to the others."""
    return "" if actor.may(Permission.SEE_SNAPSHOTS) else f"{edition.report}-{edition.year}"
