"""The start page: my interventions with one direct action each, or what my role does; and what waits for me."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from finsam.access import queries as access
from finsam.access.actors import Actor
from finsam.access.roles import Permission, Role
from finsam.interventions import queries as interventions
from finsam.web.addresses import address
from finsam.web.menus import STAFF
from finsam.web.panels import panels
from finsam.web.request import Request
from finsam.web.services import services
from finsam.web.waiting import waiting


@dataclass(frozen=True)
class Row:
    """One of my interventions: how many are planned this year, what is missing, and the next thing to do."""

    intervention: Any
    planned: int | None
    missing: str
    action: str
    url: str
    primary: bool


@require_safe
def start(request: Request) -> HttpResponse:
    """The start page of whoever is signed in."""
    actor = request.actor
    staff = bool(STAFF & actor.grants.keys())
    context = {
        "rows": _rows(actor) if staff else [],
        "staff": staff,
        "duty": _duty(actor),
        "services": services(actor),
        "todos": waiting(actor),
        "pending": access.pending_roles(actor=actor),
        "panels": panels(actor, "start", "panel"),
    }
    return render(request, "start/start.html", context)


def _duty(actor: Actor) -> str:
    """Which of the two sorts of staff someone is; '' when both or neither."""
    held = STAFF & actor.grants.keys()
    return next(iter(held)).value if len(held) == 1 else ""


def _rows(actor: Actor) -> Sequence[Row]:
    mine = list(interventions.running(actor=actor, day=actor.today))
    planned = interventions.planned(actor=actor, interventions=mine, year=actor.today.year)
    uncounted = _keys(interventions.without_head_count(actor=actor, year=actor.today.year))
    vacant = _keys(interventions.without(actor=actor, role=Role.PARTICIPANT_REGISTRAR))
    return [_row(actor, one, planned.get(one.pk), one.pk in uncounted, one.pk in vacant) for one in mine]


def _row(actor: Actor, one: Any, planned: int | None, uncounted: bool, vacant: bool) -> Row:
    heads = address("intervention_heads", one.pk)
    if one.method == "numbers_only":
        missing = _("Antal för %(year)s saknas") % {"year": actor.today.year} if uncounted else ""
        return Row(one, planned, missing, _("Fyll i antal"), heads, primary=False)
    if one.kind == "individual" and (enrol := panels(actor, "start", "button", one)):
        return Row(one, planned, "", enrol[0].label, enrol[0].url, primary=True)
    assign = address("assignment_add", one.pk, Role.PARTICIPANT_REGISTRAR.value)
    if vacant and assign and actor.may(Permission.ASSIGN_REGISTRAR, one):
        return Row(one, planned, _("Ingen deltagaransvarig"), _("Utse deltagaransvarig"), assign, primary=True)
    return Row(one, planned, "", _("Räkna in utan namn"), heads, primary=False)


def _keys(rows: Any) -> frozenset[int]:
    return frozenset(rows.values_list("pk", flat=True))


urlpatterns = [path("", start, name="start")]
