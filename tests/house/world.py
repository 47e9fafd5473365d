"""Two associations with everything a page can show, and one user for each role in each: for trying every address."""

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from finsam.access import actions as access
from finsam.access.models import Installation, User
from finsam.access.roles import Role, roles
from finsam.codes.models import Code
from finsam.editions.models import Compilation, Edition, EditionWork, ReportRun
from finsam.interventions.models import Assignment
from finsam.late.models import LateCounting
from finsam.snapshots.models import Snapshot
from finsam.table_builder.models import Bookmark, FreeQuestion
from tests import factories

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP", "TRUNCATE")


@dataclass
class Place:
    """One association and what hangs on it, each under the name a route's argument asks for."""

    users: dict[str, User]
    records: dict[str, Any] = field(default_factory=dict)
    sessions: dict[int, str] = field(default_factory=dict)

    def browser(self, user: User) -> Client:
        """A new browser in which a user is signed in already: to sign in takes longer than most pages do."""
        client = Client()
        if user.pk in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[user.pk]
        else:
            client.force_login(user)
            self.sessions[user.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
        return client


def place() -> Place:
    """An association with an intervention, a user for each role there, and a record of each kind."""
    demo = {"is_demo": True, "fixed_today": factories.NOW.date(), "created_at": factories.NOW, "version": "0"}
    Installation.objects.get_or_create(pk=1, defaults=demo)  # the same day, whatever rooms there are
    association = factories.association()
    intervention = factories.intervention(association)
    users = {role.value: factories.user(None, role, where=association) for role in roles()}
    made = Place(users)
    made.records = {
        "association": association,
        "intervention": intervention,
        "membership": association.memberships.order_by("pk")[0],
        "coverage": association.coverages.order_by("pk")[0],
        "user": users["reader"],
        "grant": users["reader"].grants.order_by("pk")[0],
        "invitation": access.invite(actor=factories.operator(), user=users["reader"]),
        "link": users["reader"].invitations.get(),
        "code": Code.objects.order_by("pk")[0],
        **{f"{role}_at_work": row for role, row in _assign(users, intervention).items()},
        **(_snapshot_and_run(association.pk)),
    }
    made.records["free"] = _free_question(users, made.records["snapshot"])
    kept = {"name": "Utbildning", "gone": "Nya deltagare efter utbildning. 2020", "saved_at": factories.NOW}
    made.records["bookmark"] = Bookmark.objects.create(user_id=users["reader"].pk, **kept)
    if apps.is_installed("finsam.participants"):
        people = importlib.import_module("tests.participants.people")
        registrar = factories.actor(users["participant_registrar"])
        made.records["participation"] = people.participation(intervention, registrar)
        made.records["consent"] = people.consent(registrar, intervention)
    return made


def _assign(users: dict[str, User], intervention: Any) -> dict[str, Assignment]:
    day = factories.NOW.date() - timedelta(days=900)
    return {
        role.value: Assignment.objects.create(intervention=intervention, user=users[role], role=role, first_day=day)
        for role in (Role.INTERVENTION_LEAD, Role.PARTICIPANT_REGISTRAR)
        if role.value in users
    }


def _free_question(users: dict[str, User], snapshot: Snapshot) -> FreeQuestion:
    question = '{"by": [], "figure": "persons_new", "first": "2020", "last": "2020", "where": []}'
    facts = {"question": question, "title": "Nya deltagare. 2020", "asked_at": factories.NOW, "hidden": []}
    return FreeQuestion.objects.create(user_id=users["national_analyst"].pk, snapshot=snapshot, **facts)


def _snapshot_and_run(number: int) -> dict[str, Any]:
    snapshot = Snapshot.objects.create(
        identifier=f"2021-01-31-{number:012x}",
        as_of=factories.NOW.date(),
        digest=f"{number:064x}",
        taken_at=factories.NOW,
        rows=0,
        erased=0,
    )
    run = ReportRun.objects.create(
        report="national-annual", year=2020, snapshot=snapshot, requested_at=factories.NOW, state="waiting"
    )
    edition = Edition.objects.create(
        identifier=f"national-annual-2020-{number:012x}",
        digest=f"{number:064x}",
        report="national-annual",
        year=2020,
        snapshot=snapshot,
        threshold=5,
        zeros_published=True,
        software="finsam 0",
        compiled_at=factories.NOW,
    )
    compilation = Compilation.objects.create(
        report="national-annual", year=2020, snapshot=snapshot, requested_at=factories.NOW, state="waiting"
    )
    return {
        "snapshot": snapshot,
        "identifier": snapshot.identifier,
        "run": run,
        "edition": edition.identifier,
        "compilation": compilation,
        **_ended(edition, number),
    }


def _ended(edition: Edition, number: int) -> dict[str, Any]:
    """What was ordered to be done with an edition, and a counting, that came to nothing."""
    how = {"state": "failed", "message": "Avbröts.", "requested_at": factories.NOW}
    return {
        "work": EditionWork.objects.create(edition=edition, kind="attack", **how),
        "counting": LateCounting.objects.create(key=f"{number:064x}", **how),
    }


def routes() -> dict[str, URLPattern]:
    """Every address of this installation by its name."""
    return {str(pattern.name): pattern for pattern in _patterns(get_resolver())}


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one)
        else:
            yield one


@contextmanager
def spying() -> Iterator[list[str]]:
    """The tables that are written to while it watches."""
    written: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.split()
        if words and words[0].upper() in WRITES:
            written.append(next((word.strip('"') for word in words if word.startswith('"')), sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written
