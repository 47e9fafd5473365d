"""A year's publication in a home where earlier years are out: made and attacked, and the plain way to hide the same."""

import shutil
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from bench.protecting import RULE, Plain
from finsam.access import queries as access
from finsam.access.actors import Actor
from finsam.access.clock import moment
from finsam.demo.users import PUBLISHER
from finsam.disclosure.additivity import is_additive, within
from finsam.disclosure.cells import SUPPRESS, Counts, Protected, Status
from finsam.disclosure.relations import holding
from finsam.editions import actions, queries
from finsam.editions.argus.proposer import proposer
from finsam.editions.models import Edition
from finsam.editions.stored import places
from finsam.reports.national_annual import counts as annual
from finsam.reports.national_annual import report as annual_report
from finsam.reports.national_results import counts as results
from finsam.reports.registry import REPORTS
from finsam.reports.release import Exact
from finsam.snapshots import engines, folders, storage
from finsam.snapshots.models import Snapshot


def compiled(key: str, year: str) -> str:
    """Count, protect, attack and write an edition as `finsam edition compile` does; gives its ID."""
    actor, number = _operator(), int(year)
    made = actions.compile_edition(actor=actor, report=REPORTS[key], year=number, snapshot=_snapshot(actor, number))
    return made.identifier


def attacked(identifier: str) -> int:
    """Attack everything that is out, and an edition as if it were; gives how many tables leak."""
    actor = _operator()
    log = queries.attack(actor=actor, as_if=queries.edition(actor=actor, identifier=identifier))
    return len(log.leaks) if log else 0


def published(identifier: str) -> str:
    """Review and publish an edition in another name than the one that compiled it."""
    actor = _publisher()
    reviewed = actions.review(actor=actor, edition=queries.edition(actor=actor, identifier=identifier))
    return actions.publish(actor=actor, edition=reviewed).identifier


def hidden(identifier: str) -> dict[str, list[int]]:
    """Tell how many counts of persons an edition counted anew and how many of them it hides; and in additive tables."""
    actor = _operator()
    held = queries.content(actor=actor, edition=queries.edition(actor=actor, identifier=identifier))
    tables = [table for table in held.tables if table.persons]
    return {"all": _hidden(tables), "additive": _hidden(table for table in tables if is_additive(table))}


def cubes(identifier: str) -> list[tuple[str, int, int, int]]:
    """Tell of each table of persons how many cells it has, how many count somebody or are hidden, and how many are."""
    held = queries.content(actor=_operator(), edition=queries.edition(actor=_operator(), identifier=identifier))
    found = []
    for table in (one for one in held.tables if one.persons):
        cells = [cell for row in table.cells.values() for cell in row]
        marked = sum(cell.status is Status.SUPPRESSED for cell in cells)
        found.append((table.name, len(cells), sum(bool(cell.value) for cell in cells) + marked, marked))
    return found


def taken_over(folder: str) -> str:
    """Take over an edition that was made of the very same snapshot in another home, as it was published."""
    place = Path(folder)
    facts = folders.facts_of(place)
    shutil.copytree(place, places.root() / place.name)
    digest = sha256((place / folders.MANIFEST).read_bytes()).hexdigest()
    Edition.objects.create(
        identifier=place.name,
        digest=digest,
        report=facts["report"],
        year=facts["year"],
        language=facts["language"],
        snapshot=Snapshot.objects.get(digest=facts["snapshot_digest"]),
        threshold=facts["rule"]["threshold"],
        zeros_published=facts["rule"]["zeros_published"],
        software=facts["software"],
        **{f"{done}_at": timezone.now() for done in ("compiled", "reviewed", "published")},
        reviewed_by=_publisher().user_id,
        published_by=_publisher().user_id,
        state=Edition.State.PUBLISHED,
    )
    return place.name


def plainly(key: str, year: str) -> dict[str, int]:
    """Take what τ-ARGUS proposes for a report's additive tables of the year, and ask two fresh programs a cell.

    It is told of no relation between tables, but whoever reads the report knows those that hold between these.
    """
    exact = _counted(key, int(year))
    tables = [_of_year(table, year) for table in exact.counts.values() if _is_for_argus(table)]
    values = {cell: count for table in tables for cell, count in table.filled()}
    with TemporaryDirectory() as folder:
        propose = proposer(Path(folder), least_cells=1)
        proposed = {cell for table in tables for cell in propose(table, RULE)}
    left_out = proposed | {cell for cell, count in values.items() if RULE.is_small(count)}
    own = (relation for table in tables for relation in within(table))
    ends = Plain((*own, *exact.relations, *holding(exact.believed, values)), values, left_out)
    narrow = sum(ends.is_narrow(cell) for cell in sorted(left_out))
    return {"tables": len(tables), "cells": len(values), "hidden": len(left_out), "narrow": narrow}


def _hidden(tables: Iterable[Protected]) -> list[int]:
    found = [cell.status for table in tables for _, cell in table.counted() if cell.status is not Status.MISSING]
    return [len(found), found.count(Status.SUPPRESSED)]


def _operator() -> Actor:
    return access.system_actor(at=moment(timezone.now()))


def _publisher() -> Actor:
    return access.acting(actor=_operator(), email=PUBLISHER.email)


def _snapshot(actor: Actor, year: int) -> Snapshot:
    return queries.snapshot_for(actor=actor, year=year)


def _counted(key: str, year: int) -> Exact:
    found, years = _snapshot(_operator(), year), range(year - 4, year + 1)
    with engines.tables(storage.folder(found.identifier)) as tables:
        if key == annual_report.KEY:
            return annual.count(tables, years)
        return results.count(tables, years, found.as_of)


def _is_for_argus(table: Counts) -> bool:
    return table.persons and table.published and table.method == SUPPRESS and is_additive(table)


def _of_year(table: Counts, year: str) -> Counts:
    place = table.dimensions.index("year")
    return replace(table, cells={key: row for key, row in table.cells.items() if key[place] == year})
