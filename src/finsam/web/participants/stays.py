"""A stay after its start: registering out, correcting the start, and a registration that was wrong."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.forms.conflicts import opened
from finsam.forms.page_form import PageForm
from finsam.participants import actions, queries
from finsam.values.periods import Period
from finsam.web.forms import form_page, submit
from finsam.web.participants.facts import registered_start
from finsam.web.participants.forms import EndForm, StartForm
from finsam.web.pieces import Crumb, Fact
from finsam.web.request import Request, needs
from finsam.web.templatetags.formats import day


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.ENROL)
def participation_end(request: Request, pk: int) -> HttpResponse:
    """Register a participant out, or correct how it was done."""
    actor = request.actor
    stay = _opened(actor, pk)
    held = opened(stay)
    form = EndForm(request.POST or None, day=actor.today, initial=_ended(actor, stay), held=held)
    if form.is_valid() and submit(form, actions.end, actor=actor, participation=stay):
        messages.success(request, _("Deltagare %(number)s är registrerad ut.") % {"number": stay.number})
        return redirect("participation", pk)
    return form_page(
        request,
        form,
        heading=_("Registrera ut deltagare"),
        button=_("Registrera ut deltagaren"),
        crumbs=crumbs(stay),
        aside=stay.intervention.name,
        facts=who(actor, stay),
    )


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.ENROL)
def participation_correct(request: Request, pk: int) -> HttpResponse:
    """Correct what was registered at the start."""
    actor = request.actor
    stay = _opened(actor, pk)
    held = opened(stay)
    initial = vars(registered_start(actor, stay))
    form = StartForm(request.POST or None, day=stay.starts_on, initial=initial, held=held)
    if form.is_valid() and submit(form, actions.correct, actor=actor, participation=stay):
        messages.success(request, _("Uppgifterna är rättade."))
        return redirect("participation", pk)
    return form_page(
        request,
        form,
        heading=_("Rätta uppgifter vid start"),
        lead=_("Det som stod förut finns kvar i historiken."),
        button=_("Spara rättelsen"),
        crumbs=crumbs(stay),
        aside=stay.intervention.name,
        facts=who(actor, stay),
    )


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.ENROL)
def participation_wrong(request: Request, pk: int) -> HttpResponse:
    """End a stay that should never have been registered."""
    actor = request.actor
    stay = queries.get(actor=actor, pk=pk, permission=Permission.ENROL)
    form = PageForm(request.POST or None, held=opened(stay))
    if form.is_valid() and submit(form, actions.mark_wrong, actor=actor, participation=stay):
        messages.success(request, _("Registreringen är avslutad som felregistrering."))
        return redirect("participation", pk)
    return form_page(
        request,
        form,
        heading=_("Avsluta som felregistrering"),
        lead=_("Registreringen finns kvar men räknas inte någonstans. Är bara en uppgift fel, rätta den i stället."),
        button=_("Avsluta som felregistrering"),
        crumbs=crumbs(stay),
        aside=stay.intervention.name,
        facts=who(actor, stay),
    )


def who(actor: Actor, stay: Any) -> list[Fact]:
    """Whom it concerns, as the lists show them."""
    line = queries.line(actor=actor, participation=stay)
    return [
        Fact(pgettext("one", "Deltagare"), line.number),
        Fact(_("Namn"), line.name),
        Fact(_("Nummer"), line.masked),
        Fact(_("Första dag"), day(stay.starts_on)),
    ]


def crumbs(stay: Any) -> list[Crumb]:
    """The way to a page below a participation; it never names the person."""
    return [
        Crumb(_("Mina insatser"), reverse("start")),
        Crumb(stay.intervention.name, reverse("intervention", args=[stay.intervention_id])),
        Crumb(_("Deltagare %(number)s") % {"number": stay.number}, reverse("participation", args=[stay.pk])),
    ]


def _opened(actor: Actor, pk: int) -> Any:
    """A stay whose form shows what is registered of the person: that is to open the record, and is logged as such."""
    stay = queries.get(actor=actor, pk=pk, permission=Permission.ENROL)
    actions.open_person(actor=actor, participation=stay)
    return stay


def _ended(actor: Actor, stay: Any) -> dict[str, Any]:
    """The end as it is registered, by the names of the form; empty while the stay is open."""
    if stay.ends_before is None:
        return {}
    return {
        "last_day": Period(stay.starts_on, stay.ends_before).last_day,
        "supports": queries.supports(actor=actor, participation=stay, moment="end"),
        "occupation": stay.occupation_at_end,
        "extent": stay.extent_at_end,
        "end_reason": stay.end_reason,
    }
