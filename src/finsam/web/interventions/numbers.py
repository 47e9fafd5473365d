"""Numbers without persons: what is planned in a year, and heads counted without names."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from finsam.access.roles import Permission
from finsam.forms.conflicts import opened
from finsam.interventions import actions, queries
from finsam.values.working_counts import WorkingCount
from finsam.web.forms import form_page, submit
from finsam.web.interventions.forms import HeadsForm, PlanForm
from finsam.web.interventions.pages import crumbs
from finsam.web.pieces import Fact
from finsam.web.request import Request, needs
from finsam.web.templatetags.formats import number, persons

PLANNED_AHEAD = 2  # years


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_INTERVENTION)
def intervention_plan(request: Request, pk: int) -> HttpResponse:
    """Say how many participants are planned in a year."""
    actor = request.actor
    one = queries.get(actor=actor, pk=pk, permission=Permission.EDIT_INTERVENTION)
    years = queries.open_years(actor=actor, intervention=one, ahead=PLANNED_AHEAD)
    held, rows = opened(one, "plans"), queries.plans(actor=actor, intervention=one)
    initial = {"year": _this_year(request, years)}
    form = PlanForm(request.POST or None, years=years, rows=rows, initial=initial, held=held)
    if form.is_valid() and (made := submit(form, actions.plan, actor=actor, intervention=one)):
        messages.success(request, _("Planen för %(year)s är sparad.") % {"year": made.year})
        return redirect("intervention", pk)
    return form_page(
        request,
        form,
        heading=_("Planera antal deltagare"),
        lead=_("Har året redan ett antal ersätts det. Det gamla finns kvar i historiken."),
        button=_("Spara planen"),
        crumbs=crumbs(request, one),
        aside=_("Redan planerat"),
        facts=[Fact(str(row.year), number(row.participants)) for row in rows],
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.COUNT_HEADS)
def intervention_heads(request: Request, pk: int) -> HttpResponse:
    """Count women and men of a year without names."""
    actor = request.actor
    one = queries.get(actor=actor, pk=pk, permission=Permission.COUNT_HEADS)
    years = queries.open_years(actor=actor, intervention=one)
    held, rows = opened(one, "head_counts"), queries.head_counts(actor=actor, intervention=one)
    initial = {"year": _this_year(request, years)}
    form = HeadsForm(request.POST or None, years=years, rows=rows, initial=initial, held=held)
    if form.is_valid() and (made := submit(form, actions.count_heads, actor=actor, intervention=one)):
        messages.success(request, _("Antalet för %(year)s är sparat.") % {"year": made.year})
        return redirect("intervention", pk)
    return form_page(
        request,
        form,
        heading=_("Räkna in utan namn"),
        lead=_lead(one),
        button=_("Spara antalet"),
        crumbs=crumbs(request, one),
        aside=_("Redan räknat"),
        facts=_counted(actor, one),
    )


def _lead(one: Any) -> str:
    if one.method == "identified":
        return _(
            "Räkna dem som inte har lämnat samtycke eller som har skyddade personuppgifter. De räknas bara det år "
            "du väljer. Har året redan ett antal ersätts det, så skriv hela årets antal."
        )
    return _("Skriv hela årets antal. Har året redan ett antal ersätts det.")


def _women(count: WorkingCount) -> str:
    some = ngettext("%(n)s kvinna", "%(n)s kvinnor", count.persons) % {"n": persons(count)}
    return _("ingen kvinna") if count.persons == 0 else some


def _men(count: WorkingCount) -> str:
    some = ngettext("%(n)s man", "%(n)s män", count.persons) % {"n": persons(count)}
    return _("ingen man") if count.persons == 0 else some


def _counted(actor: Any, one: Any) -> list[Fact]:
    return [
        Fact(str(row.year), f"{_women(row.women)}, {_men(row.men)}")
        for row in queries.years(actor=actor, intervention=one)
        if row.women is not None and row.men is not None
    ]


def _this_year(request: Request, years: list[int]) -> int:
    """This year when the intervention runs in it, else its last."""
    return request.actor.today.year if request.actor.today.year in years else years[0]
