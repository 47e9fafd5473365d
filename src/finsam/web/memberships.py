"""The members and municipalities of an association: adding them and ending them, by dates."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from finsam.access import queries as access
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.associations import actions, queries
from finsam.forms.conflicts import opened
from finsam.forms.fields import LastDayField, OrganisationField
from finsam.forms.page_form import PageForm
from finsam.web.associations import crumbs, editable, facts
from finsam.web.forms import form_page, submit
from finsam.web.pieces import Fact
from finsam.web.request import Request, needs


class MemberForm(PageForm):
    """The party that becomes a member, and from when."""

    modelled = "associations.Membership"
    party = OrganisationField(None, label=gettext_lazy("Part"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["party"]
        field.queryset = access.parties(actor=actor)


class CoverageForm(PageForm):
    """The municipality the association comes to cover, and from when."""

    modelled = "associations.Coverage"

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipality"]
        field.queryset = queries.municipalities(day=day)


class EndForm(PageForm):
    """The last day."""

    ends_before = LastDayField(label=gettext_lazy("Sista dag"))


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_ASSOCIATION)
def member_add(request: Request, pk: int) -> HttpResponse:
    """Let a party become a member."""
    one = editable(request, pk)
    form = MemberForm(request.POST or None, actor=request.actor, initial={"first_day": one.first_day})
    if form.is_valid() and submit(form, actions.add_member, actor=request.actor, association=one):
        return redirect("association", pk)
    return form_page(
        request,
        form,
        heading=_("Lägg till medlem"),
        button=_("Lägg till medlemmen"),
        crumbs=crumbs(request, one),
        facts=facts(one),
        aside=one.name,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_ASSOCIATION)
def member_end(request: Request, pk: int, row: int) -> HttpResponse:
    """End a membership."""
    one = editable(request, pk)
    membership = queries.membership(actor=request.actor, association=one, pk=row)
    held = opened(membership)
    form = EndForm(request.POST or None, initial={"ends_before": membership.ends_before}, held=held)
    if form.is_valid() and submit(form, actions.end_membership, actor=request.actor, membership=membership):
        return redirect("association", pk)
    return form_page(
        request,
        form,
        heading=_("Avsluta medlemskapet för %(name)s") % {"name": membership.party.name},
        button=_("Avsluta medlemskapet"),
        crumbs=crumbs(request, one),
        facts=[Fact(pgettext("one", "Förbund"), one.name), Fact(_("Medlem sedan"), membership.first_day.isoformat())],
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_ASSOCIATION)
def coverage_add(request: Request, pk: int) -> HttpResponse:
    """Let an association cover a municipality."""
    one = editable(request, pk)
    form = CoverageForm(request.POST or None, day=request.actor.today, initial={"first_day": one.first_day})
    if form.is_valid() and submit(form, actions.cover, actor=request.actor, association=one):
        return redirect("association", pk)
    return form_page(
        request,
        form,
        heading=_("Lägg till kommun"),
        lead=_("Kommunen ska också vara medlem i förbundet."),
        button=_("Lägg till kommunen"),
        crumbs=crumbs(request, one),
        facts=facts(one),
        aside=one.name,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_ASSOCIATION)
def coverage_end(request: Request, pk: int, row: int) -> HttpResponse:
    """Stop covering a municipality."""
    one = editable(request, pk)
    coverage = queries.coverage(actor=request.actor, association=one, pk=row)
    held = opened(coverage)
    form = EndForm(request.POST or None, initial={"ends_before": coverage.ends_before}, held=held)
    if form.is_valid() and submit(form, actions.end_coverage, actor=request.actor, coverage=coverage):
        return redirect("association", pk)
    return form_page(
        request,
        form,
        heading=_("Ta bort %(name)s ur förbundet") % {"name": coverage.municipality.name},
        button=_("Ta bort kommunen"),
        crumbs=crumbs(request, one),
        facts=[Fact(pgettext("one", "Förbund"), one.name), Fact(_("Ingår sedan"), coverage.first_day.isoformat())],
    )


urlpatterns = [
    path("forbund/<int:pk>/medlemmar/ny/", member_add, name="member_add"),
    path("forbund/<int:pk>/medlemmar/<int:row>/avsluta/", member_end, name="member_end"),
    path("forbund/<int:pk>/kommuner/ny/", coverage_add, name="coverage_add"),
    path("forbund/<int:pk>/kommuner/<int:row>/avsluta/", coverage_end, name="coverage_end"),
]
