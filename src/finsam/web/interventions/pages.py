"""The lists of interventions and the page of one."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe
from django_stubs_ext import StrPromise

from finsam.access.actors import Actor
from finsam.access.roles import Permission, Role, roles
from finsam.associations import queries as associations
from finsam.codes import queries as codes
from finsam.forms.choices import words
from finsam.interventions import queries
from finsam.web import history
from finsam.web.paging import page_of
from finsam.web.panels import Kind, Panel, panels
from finsam.web.pieces import Crumb, Fact, Todo
from finsam.web.request import Request, needs

PERIODS: Final[Mapping[queries.Period, StrPromise]] = {
    queries.Period.RUNNING: gettext_lazy("Pågår"),
    queries.Period.TO_COME: gettext_lazy("Kommande"),
    queries.Period.ENDED: gettext_lazy("Avslutade"),
}
LACKS: Final[Mapping[str, tuple[StrPromise, str]]] = {  # the sentence, and the page where it is seen to
    Role.INTERVENTION_LEAD: (gettext_lazy("Ingen är insatsansvarig"), "assignment_add"),
    Role.PARTICIPANT_REGISTRAR: (gettext_lazy("Ingen är deltagaransvarig"), "assignment_add"),
    "plan": (gettext_lazy("Planerat antal för %(year)s saknas"), "intervention_plan"),
    "heads": (gettext_lazy("Antalet deltagare för %(year)s saknas"), "intervention_heads"),
}
ASSIGNS: Final[Mapping[str, Permission]] = {
    Role.INTERVENTION_LEAD: Permission.ASSIGN_LEAD,
    Role.PARTICIPANT_REGISTRAR: Permission.ASSIGN_REGISTRAR,
    "plan": Permission.EDIT_INTERVENTION,
    "heads": Permission.COUNT_HEADS,
}


@require_safe
@needs(Permission.SEE_INTERVENTION)
def interventions(request: Request) -> HttpResponse:
    """The interventions the actor may see: those of the association, or those assigned."""
    own = queries.visible(actor=request.actor)
    where = associations.editable(actor=request.actor)
    creates = [one for one in where if request.actor.may(Permission.CREATE_INTERVENTION, one)]
    return _listed(request, own, heading=_("Insatser"), creates=creates, crumbs=[])


@require_safe
@needs(Permission.SEE_INTERVENTION)
def association_interventions(request: Request, pk: int) -> HttpResponse:
    """One association's interventions that the actor may see."""
    association = associations.get(actor=request.actor, pk=pk)
    own = queries.of_association(actor=request.actor, association_id=association.pk)
    creates = [association] if request.actor.may(Permission.CREATE_INTERVENTION, association) else []
    crumbs = [Crumb(association.name, reverse("association", args=[pk]))]
    return _listed(request, own, heading=_("Insatser"), creates=creates, crumbs=crumbs)


@require_safe
@needs(Permission.SEE_INTERVENTION)
def intervention(request: Request, pk: int) -> HttpResponse:
    """One intervention: what it is, what waits, its numbers and who works in it."""
    actor = request.actor
    one = queries.get(actor=actor, pk=pk)
    return render(
        request,
        "interventions/intervention.html",
        {
            "intervention": one,
            "kind": codes.labels("kind").get(one.kind, one.kind),
            "direction": codes.labels("direction").get(one.direction, one.direction),
            "ended": one.ends_before is not None and one.ends_before <= actor.today,
            "facts": facts(actor, one),
            **_years(actor, one),
            "todos": _todos(actor, one),
            "assignments": _assignments(actor, one),
            **_of_participants(actor, one),
            "may_edit": actor.may(Permission.EDIT_INTERVENTION, one),
            "may_count": actor.may(Permission.COUNT_HEADS, one),
            "history": history.rows(queries.history(actor=actor, intervention=one)),
            "crumbs": crumbs(request),
        },
    )


def crumbs(request: Request, intervention: Any = None) -> list[Crumb]:
    """The way to a page below the list of interventions."""
    mine = bool(request.actor.assigned_roles(Permission.SEE_INTERVENTION))
    way = [Crumb(_("Mina insatser"), reverse("start")) if mine else Crumb(_("Insatser"), reverse("interventions"))]
    if intervention is not None:
        way.append(Crumb(intervention.name, reverse("intervention", args=[intervention.pk])))
    return way


def facts(actor: Actor, one: Any) -> list[Fact]:
    """What one needs to know of an intervention."""
    groups = queries.need_groups(actor=actor, intervention=one)
    return [
        Fact(pgettext("one", "Förbund"), one.association.name),
        Fact(_("Utförs av"), [party.name for party in queries.performers(actor=actor, intervention=one)]),
        Fact(_("Behovsgrupper"), words("need_group", groups)),
        Fact(_("Registrering"), codes.labels("method").get(one.method, one.method)),
        *([Fact(_("Ansvarig för personuppgifter"), one.controller.name)] if one.controller else []),
    ]


def _listed(request: Request, rows: Any, *, heading: str, creates: list[Any], crumbs: list[Crumb]) -> HttpResponse:
    shown = next((one for one in PERIODS if one == request.GET.get("visa")), queries.Period.RUNNING)
    found = queries.in_period(actor=request.actor, rows=rows, period=shown)
    page = page_of(found, request, by=("name", "pk"))
    this_year = request.actor.today.year
    planned = queries.planned(actor=request.actor, interventions=page.rows, year=this_year)
    directions = codes.labels("direction")
    context = {
        "heading": heading,
        "page": page,
        "lines": [(row, directions.get(row.direction, row.direction), planned.get(row.pk)) for row in page.rows],
        "year": this_year,
        "shown": shown,
        "periods": PERIODS,
        "creates": creates,
        "crumbs": crumbs,
    }
    return render(request, "interventions/list.html", context)


def _of_participants(actor: Actor, one: Any) -> dict[str, list[Panel]]:
    """What the page shows of participants, where the intervention has them by name."""
    identified = one.method == "identified"
    kinds: Mapping[str, Kind] = {"buttons": "button", "waiting": "todo", "panels": "panel"}
    shown = {name: panels(actor, "intervention", kind, one) if identified else [] for name, kind in kinds.items()}
    return shown if one.kind == "individual" else shown | {"buttons": []}


def _years(actor: Actor, one: Any) -> dict[str, Any]:
    """What is planned each year, and what is counted for those who work with it."""
    return {
        "years": queries.years(actor=actor, intervention=one),
        "counts": actor.may(Permission.SEE_HEAD_COUNTS, one),
    }


def _todos(actor: Actor, one: Any) -> list[Todo]:
    """What is lacking, with a way to see to it for whoever may."""
    found = []
    for lack in queries.lacking(actor=actor, intervention=one):
        sentence, page = LACKS[lack.what]
        args = [one.pk, lack.what] if page == "assignment_add" else [one.pk]
        url = reverse(page, args=args) if actor.may(ASSIGNS[lack.what], one) else ""
        found.append(Todo(str(sentence) % {"year": lack.year}, url, overdue=True))
    return found


def _assignments(actor: Actor, one: Any) -> list[dict[str, Any]]:
    """Who works in the intervention or will, by role, and whether the actor may change it."""
    rows = list(queries.assignments(actor=actor, intervention=one))
    return [
        {
            "role": role.value,
            "label": str(roles()[role].label),
            "rows": [(row, row.first_day > actor.today) for row in rows if row.role == role],
            "may_change": actor.may(ASSIGNS[role], one),
        }
        for role in (Role.INTERVENTION_LEAD, Role.PARTICIPANT_REGISTRAR)
        if role in roles()
    ]
