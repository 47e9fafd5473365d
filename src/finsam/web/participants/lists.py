"""Participants in lists: search by number, those of an intervention, and what waits."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.codes import queries as codes
from finsam.interventions import queries as interventions
from finsam.participants import actions, queries
from finsam.web.interventions.pages import crumbs
from finsam.web.paging import page_of
from finsam.web.participants.forms import SearchForm
from finsam.web.pieces import Crumb, Todo
from finsam.web.request import Request, needs
from finsam.web.templatetags.formats import day

SIZE = 25
MOST = 10  # of each kind of thing that waits


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_IDENTITY)
def participants(request: Request) -> HttpResponse:
    """Find a participant by number, which is logged, or by intervention."""
    actor = request.actor
    form = SearchForm(request.POST or None, series=queries.series(), day=actor.today)
    searched = form.is_valid()
    if searched and (found := actions.search(actor=actor, identity=form.cleaned_data["number"])):
        return redirect("participation", found.pk)
    mine = interventions.visible(actor=actor, permission=Permission.SEE_IDENTITY).filter(method="identified")
    page = page_of(mine, request, by=("name", "pk"))
    return render(request, "participants/search.html", {"form": form, "missed": searched, "page": page})


@never_cache
@require_safe
@needs(Permission.SEE_PARTICIPATIONS)
def intervention_participants(request: Request, pk: int) -> HttpResponse:
    """The participants of an intervention, newest first; the part alone to htmx."""
    actor = request.actor
    one = interventions.get(actor=actor, pk=pk, permission=Permission.SEE_PARTICIPATIONS)
    before = request.GET.get("fore", "")
    only_open = request.GET.get("visa") != "alla"
    page = queries.listed(
        actor=actor,
        intervention=one,
        before=int(before) if before.isdecimal() and len(before) < 10 else None,
        only_open=only_open,
        size=SIZE,
    )
    context = {
        "intervention": one,
        "page": page,
        "only_open": only_open,
        "named": actor.may(Permission.SEE_IDENTITY, one),
        "ongoing": queries.ongoing(actor=actor, intervention=one, day=actor.today),
        "planned": interventions.planned(actor=actor, interventions=[one], year=actor.today.year).get(one.pk),
        "year": actor.today.year,
        "reasons": codes.labels("end_reason"),
        "crumbs": crumbs(request, one),
    }
    return render(request, "participants/part.html" if request.htmx else "participants/list.html", context)


@never_cache
@require_safe
@needs(Permission.ENROL)
def participants_waiting(request: Request) -> HttpResponse:
    """What waits for a registrar in all interventions assigned; the part alone to htmx."""
    return _waiting(request, waiting(request.actor), [Crumb(_("Deltagare"), reverse("participants"))])


@never_cache
@require_safe
@needs(Permission.ENROL)
def intervention_waiting(request: Request, pk: int) -> HttpResponse:
    """What waits for a registrar in one intervention; the part alone to htmx."""
    one = interventions.get(actor=request.actor, pk=pk, permission=Permission.ENROL)
    return _waiting(request, waiting(request.actor, one), crumbs(request, one))


def waiting(actor: Actor, one: Any = None) -> list[Todo]:
    """Stays left open in interventions that have ended, and consents that led to nothing yet."""
    within = {} if one is None else {"intervention": one}
    late = queries.overdue(actor=actor).filter(**within)[:MOST]
    consents = queries.waiting_consents(actor=actor).filter(**within)[:MOST]
    return [*(_overdue(actor, stay) for stay in late), *(_consent(consent) for consent in consents)]


def _overdue(actor: Actor, stay: Any) -> Todo:
    days = (actor.today - stay.intervention.ends_before).days + 1
    return Todo(
        title=_("Registrera ut deltagare %(number)s") % {"number": stay.number},
        url=reverse("participation_end", args=[stay.pk]),
        where=_("%(name)s, som är slut") % {"name": stay.intervention.name},
        since=ngettext("%(days)s dag", "%(days)s dagar", days) % {"days": days},
        overdue=True,
    )


def _consent(consent: Any) -> Todo:
    return Todo(
        title=_("Fortsätt registrera"),
        url=reverse("enrol_person", args=[consent.intervention_id, consent.pk]),
        where=_("%(name)s, samtycke från %(day)s") % {"name": consent.intervention.name, "day": day(consent.given_on)},
    )


def _waiting(request: Request, todos: list[Todo], way: list[Crumb]) -> HttpResponse:
    template = "participants/waiting_part.html" if request.htmx else "participants/waiting.html"
    return render(request, template, {"todos": todos, "crumbs": way})
