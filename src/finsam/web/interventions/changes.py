"""Creating an intervention and changing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.associations import queries as associations
from finsam.forms.conflicts import opened
from finsam.interventions import actions, queries
from finsam.web.forms import form_page, is_outside, submit
from finsam.web.interventions.forms import InterventionForm
from finsam.web.interventions.pages import crumbs
from finsam.web.panels import panels
from finsam.web.pieces import Crumb, Fact, link
from finsam.web.request import Request, needs


@require_http_methods(["GET", "POST"])
@needs(Permission.CREATE_INTERVENTION)
def intervention_create(request: Request, pk: int) -> HttpResponse:
    """Start an intervention of an association."""
    actor = request.actor
    association = associations.get(actor=actor, pk=pk)
    actor.require(Permission.CREATE_INTERVENTION, association)
    parties = associations.member_parties(association, actor.today)
    form = InterventionForm(request.POST or None, day=actor.today, parties=parties)
    if form.is_valid() and (made := submit(form, actions.create, actor=actor, association=association)):
        messages.success(request, _("Insatsen är skapad. Välj nu vem som är insatsansvarig."))
        return redirect("intervention", made.pk)
    return form_page(
        request,
        form,
        heading=_("Skapa insats"),
        button=_("Skapa insatsen"),
        crumbs=[Crumb(_("Insatser"), reverse("association_interventions", args=[pk]))],
        aside=association.name,
        facts=[Fact(_("Första dag"), association.first_day.isoformat()), Fact(_("Läge"), _state(association))],
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_INTERVENTION)
def intervention_edit(request: Request, pk: int) -> HttpResponse:
    """Change an intervention."""
    actor = request.actor
    one = queries.get(actor=actor, pk=pk, permission=Permission.EDIT_INTERVENTION)
    held, parties = opened(one), queries.choosable_parties(actor=actor, intervention=one)
    initial = _registered(actor, one)
    form = InterventionForm(
        request.POST or None, day=actor.today, parties=parties, locked=one.locked, initial=initial, held=held
    )
    if form.is_valid() and submit(form, actions.change, actor=actor, intervention=one):
        messages.success(request, _("Ändringarna är sparade."))
        return redirect("intervention", pk)
    outside = is_outside(form)
    locked = _("Något är registrerat. Därför går inriktning, registrering och personuppgiftsansvarig inte att ändra.")
    return form_page(
        request,
        form,
        heading=_("Ändra insatsen"),
        lead=locked if one.locked else "",
        button=_("Spara ändringarna"),
        crumbs=crumbs(request, one),
        aside=_("Utanför de nya dagarna") if outside else "",
        facts=_ways(actor, one) if outside else (),
    )


def _registered(actor: Actor, one: Any) -> dict[str, Any]:
    """An intervention as it stands, for the form."""
    return {name: getattr(one, name) for name in (*one.FORM, "ends_before")} | {
        "need_groups": queries.need_groups(actor=actor, intervention=one),
        "performers": [party.pk for party in queries.performers(actor=actor, intervention=one)],
    }


def _ways(actor: Actor, one: Any) -> list[Fact]:
    """The ways to what lies outside new days, for whoever may go them."""
    stays = [link(way.url, way.label) for way in panels(actor, "outside", "button", one)]
    return [
        Fact(_("Se till det först"), [*stays, link(reverse("intervention", args=[one.pk]), _("Antal och uppdrag"))])
    ]


def _state(association: Any) -> str:
    return str(association.get_state_display())
