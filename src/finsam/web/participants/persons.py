"""A person's record: opening it (which is logged), changing the number, and taking the person away."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from finsam.access.roles import Permission
from finsam.forms.conflicts import opened
from finsam.participants import actions, erasure, queries
from finsam.web import history
from finsam.web.forms import form_page, submit
from finsam.web.participants.facts import end_facts, person_facts, registered_start, start_facts, whole
from finsam.web.participants.forms import EraseForm, NumberForm
from finsam.web.participants.stays import crumbs, who
from finsam.web.pieces import Fact
from finsam.web.request import Request, needs


@never_cache
@require_safe
@needs(Permission.SEE_PARTICIPATIONS)
def participation(request: Request, pk: int) -> HttpResponse:
    """A person and their stays in one's own interventions; the read log has its row before the page is shown."""
    actor = request.actor
    stay = queries.get(actor=actor, pk=pk)
    actor.require(Permission.SEE_IDENTITY, stay.intervention)  # refused with the name of who can give the work
    opened = actions.open_person(actor=actor, participation=stay)
    context = {
        "stay": stay,
        "name": opened.name,
        "person": person_facts(opened.number, opened.name),
        "start": start_facts(registered_start(actor, stay)),
        "end": end_facts(actor, stay),
        "stays": opened.participations,
        "history": history.rows(queries.history(actor=actor, participation=stay)),
        "wrong": stay.end_reason == "misregistration",
        "may_change": actor.may(Permission.ENROL, stay.intervention),
        "crumbs": crumbs(stay)[:2],
    }
    return render(request, "participants/person.html", context)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.ENROL)
def person_number(request: Request, pk: int) -> HttpResponse:
    """Change a person's number or name, as when a coordination number becomes an identity number."""
    actor = request.actor
    stay = queries.get(actor=actor, pk=pk, permission=Permission.ENROL)
    held, series = opened(stay.person), queries.series()
    initial = {"name": queries.line(actor=actor, participation=stay).name}
    form = NumberForm(request.POST or None, series=series, day=actor.today, initial=initial, held=held)
    if form.is_valid():
        typed = form.cleaned_data
        if submit(form, actions.change_identity, actor=actor, participation=stay):
            messages.success(request, _("Numret är ändrat. Personen är densamma i statistiken."))
            return redirect("participation", pk)
        form.ask()
    return form_page(
        request,
        form,
        heading=_("Ändra nummer eller namn"),
        lead=_("Gör så när samordningsnumret har blivit ett personnummer, eller när namnet eller numret skrevs fel."),
        button=_("Spara numret"),
        crumbs=crumbs(stay),
        aside=stay.intervention.name,
        facts=[*who(actor, stay), *(_becomes(typed) if form.asks else ())],
    )


def _becomes(typed: Mapping[str, Any]) -> list[Fact]:
    return [Fact(_("Nytt nummer"), whole(typed["identity"])), Fact(_("Nytt namn"), typed["name"])]


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.ENROL)
def person_erase(request: Request, pk: int) -> HttpResponse:
    """Take a person away for good: withdrawn consent, or protected identity."""
    actor = request.actor
    stay = queries.get(actor=actor, pk=pk, permission=Permission.ENROL)
    form = EraseForm(request.POST or None, held=opened(stay.person))
    if form.is_valid() and submit(form, erasure.erase, actor=actor, participation=stay):
        messages.success(request, _("Personen är borttagen och räknas utan namn de år den deltog."))
        return redirect("intervention_participants", stay.intervention_id)
    return form_page(
        request,
        form,
        heading=_("Ta bort personen"),
        lead=_(
            "Namn, nummer och alla deltaganden hos samma personuppgiftsansvarige försvinner för gott, även ur "
            "historiken. Personen räknas i stället utan namn de år den deltog. Det går inte att ångra."
        ),
        button=_("Ta bort personen för gott"),
        crumbs=crumbs(stay),
        aside=stay.intervention.name,
        facts=who(actor, stay),
    )
