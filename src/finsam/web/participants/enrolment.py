"""Registering a participant in three steps: consent, what is registered at the start, and a last look.

Between the second and the third step what was typed travels in the POST body only: not in the session, not in an
address.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from finsam.access.roles import Permission
from finsam.interventions import queries as interventions
from finsam.participants import actions, queries
from finsam.web.forms import attempt, lists_or, submit
from finsam.web.participants.facts import person_facts, place_facts, start_facts
from finsam.web.participants.forms import ConsentForm, EnrolForm
from finsam.web.pieces import Crumb, Fact, Step, steps
from finsam.web.request import Request, needs


@require_http_methods(["GET", "POST"])
@needs(Permission.ENROL)
def enrol(request: Request, pk: int) -> HttpResponse:
    """Step 1: record the consent; nothing about the person is stored before it."""
    actor = request.actor
    one = interventions.get(actor=actor, pk=pk, permission=Permission.ENROL)
    form = ConsentForm(request.POST or None, day=actor.today)
    if form.is_valid() and (consent := submit(form, actions.record_consent, actor=actor, intervention=one)):
        return redirect("enrol_person", pk, consent.pk)
    context = _context(request, one, 0) | {"form": form, "text": queries.consent_text(day=form.day)}
    page = lists_or(request, form, "participants/consent.html", "participants/consent_lists.html")
    return render(request, page, context)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.ENROL)
def enrol_person(request: Request, pk: int, consent: int) -> HttpResponse:
    """Steps 2 and 3: the person and the start; then a last look before anything is saved."""
    actor = request.actor
    one = interventions.get(actor=actor, pk=pk, permission=Permission.ENROL)
    if done := queries.enrolled_by(actor=actor, intervention=one, consent_id=consent):
        return redirect("participation", done.pk)
    given = queries.consent(actor=actor, intervention=one, pk=consent)
    form = EnrolForm(request.POST or None, series=queries.series(), day=actor.today)
    wanted = {"actor": actor, "intervention": one, "consent": given}
    match request.POST.get("step"):
        case "save" if form.is_valid() and (made := submit(form, actions.enrol, **wanted)):
            messages.success(request, _("Deltagare %(number)s är registrerad.") % {"number": made.number})
            return redirect("participation", made.pk)
        case "check" if form.is_valid() and submit(form, actions.rehearse, **wanted):
            template, step, facts = "participants/check.html", 2, summary(form)
        case _:
            template, step, facts = "participants/start.html", 1, []
    context = _context(request, one, step) | {"form": form, "consent": given, "summary": facts}
    return render(request, lists_or(request, form, template), context)


@require_POST
@needs(Permission.ENROL)
def consent_discard(request: Request, pk: int, consent: int) -> HttpResponse:
    """Take away a consent that led to nothing."""
    one = interventions.get(actor=request.actor, pk=pk, permission=Permission.ENROL)
    given = queries.consent(actor=request.actor, intervention=one, pk=consent)
    attempt(request, actions.discard_consent, done=_("Samtycket är borttaget."), actor=request.actor, consent=given)
    return redirect("intervention", pk)


def summary(form: EnrolForm) -> list[Fact]:
    """Everything that was typed, and what the number tells."""
    cleaned = form.cleaned_data
    return [*person_facts(cleaned["identity"], cleaned["name"]), *start_facts(cleaned["start"])]


def _context(request: Request, one: Any, step: int) -> dict[str, Any]:
    return {
        "intervention": one,
        "facts": place_facts(request.actor, one),
        "steps": _steps(step),
        "crumbs": [
            Crumb(_("Mina insatser"), reverse("start")),
            Crumb(one.name, reverse("intervention", args=[one.pk])),
        ],
    }


def _steps(current: int) -> list[Step]:
    return steps([_("Samtycke"), _("Uppgifter vid start"), _("Kontrollera")], current)
