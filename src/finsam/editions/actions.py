"""What may be done with editions: compile, review, publish, correct, and compare with figures from elsewhere.

`compile_edition`, `compile_waiting` and `publish` read, count and write files for seconds and hold no transaction open
meanwhile. What they leave in the database is written in one.
"""

from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finsam.access import audit
from finsam.access import queries as access
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.editions import choices, consistency, page_queries, refusals, rules, run_queries
from finsam.editions import queries as edition_queries
from finsam.editions.choices import Choices
from finsam.editions.models import Compilation, Edition, OutsideFigure, ReportRun
from finsam.editions.stored import changes, places
from finsam.editions.stored.content import Content, Inputs
from finsam.editions.telling import ATTACKED, CHECKED, Tell, attacking, silently
from finsam.reports.commission import ORDINARY, Commission
from finsam.snapshots import folders, linkage, storage
from finsam.snapshots.models import Snapshot
from finsam.values.full_disk import is_full

if TYPE_CHECKING:
    from finsam.reports.registry import Report


PROTECTING = 60  # how much of the progress protection is; the files are the rest


MOST = 3  # findings named in a refusal


def compile_edition(
    *,
    actor: Actor,
    report: "Report",
    year: int,
    snapshot: Snapshot,
    language: str = "sv",
    replaces: Edition | None = None,
    reason: str = "",
    commission: Commission = ORDINARY,
    progress: Tell | None = None,
    **chosen: Any,
) -> Edition:
    """Compile an edition, in Swedish (sv) or English (en), beside all that is out; same inputs, same edition.

    What is `chosen` besides are the fields of `choices.Choices`. A special edition has a `commission`.
    """
    actor.require(Permission.COMPILE_EDITION)
    storage.refuse_damaged(snapshot.identifier, snapshot.digest)
    _refuse_wrong_correction(report.key, year, replaces, reason)
    if replaces is None:
        choices.refuse_unasked(report, commission)
    inputs = edition_queries.inputs(
        actor=actor,
        report=report,
        year=year,
        snapshot=snapshot,
        language=replaces.language if replaces else language,
        replaces=replaces,
        reason=reason,
        choices=Choices(**chosen),
        commission=commission,
    )
    _refuse_second(inputs)
    with refusals.in_words():
        edition_queries.refuse_other_snapshot(actor=actor, inputs=inputs)
    tell = progress or silently
    content = _computed(actor, report.of(inputs.commission.question), inputs, tell)
    written = places.write(content, lambda name, done, all_: tell(name, PROTECTING + (100 - PROTECTING) * done // all_))
    return _register(actor, inputs, snapshot, written)


@transaction.atomic
def order(
    *,
    actor: Actor,
    report: "Report",
    year: int,
    snapshot: Snapshot,
    language: str = "sv",
    replaces: Edition | None = None,
    reason: str = "",
    commission: Commission = ORDINARY,
    **chosen: Any,
) -> Compilation:
    """Order an edition; it waits until somebody compiles it. What is `chosen` are the fields of `choices.Choices`."""
    actor.require(Permission.COMPILE_EDITION)
    _refuse_wrong_correction(report.key, year, replaces, reason)
    if report.needs_linkage:
        linkage.needed(snapshot)
    wanted = Choices(**chosen)
    replaced = edition_queries.made_of(actor=actor, edition=replaces) if replaces else None
    ordered = replaced.commission if replaced else commission
    choices.refuse_unasked(report, ordered)
    report = report.of(ordered.question)
    arrangement = choices.arrangement(report, replaced, wanted)
    rule = choices.rule(replaces, wanted)
    run = Compilation(
        report=report.key,
        year=year,
        language=language,
        snapshot=snapshot,
        replaces=replaces,
        reason=reason,
        threshold=rule.threshold,
        hide_zeros=not rule.zeros_published,
        without=sorted(arrangement.without),
        rounded=sorted(arrangement.rounded),
        corrects=list(choices.corrects(report, replaces, wanted)),
        **asdict(ordered),
        requested_by=actor.user_id,
        requested_at=actor.at,
    )
    audit.write(actor, "reporting.request_edition", run)
    return run


def compile_waiting(*, actor: Actor, run: Compilation) -> Compilation:
    """Compile the edition that was asked for, noting how far it has come; a refusal ends as a sentence."""
    actor.require(Permission.COMPILE_EDITION)
    _move(run, ReportRun.State.RUNNING)
    ended, message, made = ReportRun.State.FAILED, _("Något gick fel. Driften ser i loggen vad."), None
    try:
        made = compile_edition(
            actor=actor,
            report=run_queries.report(actor=actor, key=run.report),
            year=run.year,
            snapshot=run.snapshot,
            language=run.language,
            replaces=run.replaces,
            reason=run.reason,
            threshold=run.threshold,
            hide_zeros=run.hide_zeros,
            without=run.without,
            rounded=run.rounded,
            corrects=run.corrects,
            commission=run.commission,
            progress=lambda step, percent: _move(run, run.state, step=step, progress=percent),
        )
        page_queries.draw(actor=actor, edition=made)
        ended, message = ReportRun.State.DONE, ""
    except ValidationError as refusal:
        message = " ".join(refusal.messages)
    except OSError as fault:
        message = _("Utgåvan gick inte att skriva (fel %(number)s). Be driften att se efter.") % {"number": fault.errno}
        if is_full(fault):
            message = _("Disken är full. Be driften att frigöra utrymme, och sammanställ utgåvan igen.")
    finally:
        _move(run, ended, step="", message=message[:500], edition=made)
    return run


@transaction.atomic
def review(*, actor: Actor, edition: Edition) -> Edition:
    """Say that an edition has been reviewed and may be published."""
    actor.require(Permission.REVIEW_EDITION)
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    edition.state = rules.move_edition(edition.state, Edition.State.REVIEWED)
    places.refuse_damaged(edition.identifier, edition.digest)
    edition.reviewed_by, edition.reviewed_at = actor.user_id, actor.at
    audit.write(actor, "reporting.review", edition)
    return edition


def publish(*, actor: Actor, edition: Edition, progress: Tell | None = None) -> Edition:
    """Publish an edition that somebody else has compiled, when the gate and the attack are silent."""
    actor.require(Permission.PUBLISH_EDITION)
    tell = progress or silently
    refuse_unready(actor=actor, edition=edition)
    tell(_("läser utgåvan och jämför dess siffror"), 0)
    content = edition_queries.content(actor=actor, edition=edition)
    _refuse_findings(actor, edition)
    if found := edition_queries.leaks(actor=actor, edition=edition, progress=attacking(tell, CHECKED)):
        raise ValidationError(_refusal_of(found, content))
    tell(_("publicerar"), ATTACKED)
    return _publish(actor, edition, content.inputs)


def refuse_unready(*, actor: Actor, edition: Edition) -> None:
    """Refuse to publish for what is known at once: who has done what, and what has been published since."""
    actor.require(Permission.PUBLISH_EDITION)
    rules.move_edition(edition.state, Edition.State.PUBLISHED)
    _refuse_own(actor, edition)
    _refuse_moved_on(actor, edition, edition_queries.made_of(actor=actor, edition=edition))


@transaction.atomic
def compare(
    *, actor: Actor, edition: Edition, table: str, key: str, figure: str, number: Decimal, source: str
) -> OutsideFigure:
    """Type in a figure that somebody else has published for one of the cells."""
    actor.require(Permission.REVIEW_EDITION)
    row = OutsideFigure(
        report=edition.report, table=table, key=key, figure=figure, number=number, source=source.strip()
    )
    audit.write(actor, "reporting.compare", row)
    return row


def copy(*, actor: Actor, edition: Edition, folder: Path) -> None:
    """Copy an edition's files and what it was made of to a new or empty folder, all or none."""
    actor.require(Permission.SEE_SNAPSHOTS)
    places.copy(edition.identifier, edition.digest, folder)


def _refusal_of(tables: tuple[str, ...], content: Content) -> str:
    """The sentence for tables in which a hidden figure can be worked out."""
    return _(
        "En dold siffra går att räkna ut i %(tables)s. Publicera inte: använd en grövre indelning i de tabellerna."
    ) % {
        "tables": refusals.named(", ".join(tables), {one.table.name: one.caption for one in content.publication.tables})
    }


def _computed(actor: Actor, report: "Report", inputs: Inputs, tell: Tell) -> Content:
    """Count, protect beside what is published, attack, and say what has changed."""
    from finsam.snapshots import engines
    from finsam.statistics.relations.identity import implied

    with engines.tables(storage.folder(inputs.snapshot)) as tables, refusals.in_words(report.tables.words()):
        source = edition_queries.source_of(actor=actor, inputs=inputs, tables=tables)
        source = replace(source, progress=lambda share: tell(_("skyddar tabellerna"), int(share * PROTECTING)))
        made, names = report.compile(source), implied(tables)
    publication, old = made.publication, edition_queries.before(actor=actor, inputs=inputs)
    if old is not None:
        earlier = edition_queries.content(actor=actor, edition=old)
        if inputs.replaces and not changes.between(earlier, publication):
            raise ValidationError(_("Rättelsen ändrar ingen siffra som visas. Utgåvan står som den är."))
        publication = changes.with_changes(publication, earlier, inputs.reason)
    release = made.release
    return Content(inputs, publication, release.pattern, release.relations, asdict(release.log), names)


@transaction.atomic
def _register(actor: Actor, inputs: Inputs, snapshot: Snapshot, written: folders.Folder) -> Edition:
    found = Edition.objects.filter(digest=written.digest).order_by("pk").first()
    if found is None:
        found = Edition(
            identifier=written.identifier,
            digest=written.digest,
            report=inputs.report,
            year=inputs.year,
            language=inputs.language,
            snapshot=snapshot,
            threshold=inputs.rule.threshold,
            zeros_published=inputs.rule.zeros_published,
            software=inputs.software,
            compiled_by=actor.user_id,
            compiled_at=actor.at,
            replaces=Edition.objects.filter(identifier=inputs.replaces).order_by("pk").first(),
            reason=inputs.reason,
        )
        audit.write(actor, "reporting.compile_edition", found)
    return found


@transaction.atomic
def _publish(actor: Actor, edition: Edition, inputs: Inputs) -> Edition:
    """Ask once more while nobody else can publish, and let the edition out; the one it replaces steps back."""
    every = {one.pk: one for one in Edition.objects.select_for_update().order_by("pk")}
    edition = every[edition.pk]
    edition.state = rules.move_edition(edition.state, Edition.State.PUBLISHED)
    _refuse_moved_on(actor, edition, inputs)
    if edition.replaces_id:
        old = every[edition.replaces_id]
        old.state = rules.move_edition(old.state, Edition.State.REPLACED)
        audit.write(actor, "reporting.replace", old)
    edition.published_by, edition.published_at = actor.user_id, actor.at
    audit.write(actor, "reporting.publish", edition)
    return edition


def _refuse_own(actor: Actor, edition: Edition) -> None:
    able = access.holders(actor=actor, permission=Permission.PUBLISH_EDITION)
    others = [f"{user.name} ({user.email})" for user in able if user.pk != edition.compiled_by]
    rules.refuse_own(edition.compiled_by, actor.user_id, others)


def _refuse_moved_on(actor: Actor, edition: Edition, inputs: Inputs) -> None:
    now = [one.identifier for one in edition_queries.published(actor=actor)]
    rules.refuse_moved_on(inputs.published, now)
    if edition.replaces and edition.replaces.state != Edition.State.PUBLISHED:
        raise ValidationError(_("Utgåvan som skulle ersättas är redan ersatt. Rätta den som gäller nu."))


def _refuse_findings(actor: Actor, edition: Edition) -> None:
    found = [one for one in edition_queries.findings(actor=actor, edition=edition) if one.stops]
    if found:
        named = [f"{one.row}: {consistency.said(one)}" for one in found[:MOST]]
        count = ngettext(
            "Siffrorna håller inte ihop (%(count)s fynd).", "Siffrorna håller inte ihop (%(count)s fynd).", len(found)
        ) % {"count": len(found)}
        raise ValidationError([count, *named])


def _refuse_wrong_correction(report: str, year: int, replaces: Edition | None, reason: str) -> None:
    if replaces is None:
        return
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför utgåvan rättas.")})
    if replaces.state != Edition.State.PUBLISHED or (replaces.report, replaces.year) != (report, year):
        raise ValidationError(_("Bara en publicerad utgåva rättas. Se vilka som är det: finsam edition list"))


def _refuse_second(inputs: Inputs) -> None:
    """Refuse a second edition of a year that is published, unless it is a correction, the very same, or special."""
    if inputs.commission != ORDINARY:
        return
    out = Edition.objects.filter(
        report=inputs.report, year=inputs.year, language=inputs.language, state=Edition.State.PUBLISHED
    )
    one = out.order_by("pk").first()
    if one is not None and one.identifier in inputs.published and not inputs.replaces:
        raise ValidationError(
            _(
                "Rapporten för %(year)s är redan publicerad: %(id)s. En rättelse är en ny utgåva: "
                "finsam edition replace %(id)s --reason ORSAK"
            )
            % {"year": inputs.year, "id": one.identifier}
        )


def _move(run: Compilation, to: str, **facts: object) -> None:
    run.state = rules.move(run.state, to) if to != run.state else to
    run.progress = 100 if to == ReportRun.State.DONE else run.progress
    for name, value in facts.items():
        setattr(run, name, value)
    run.save()
