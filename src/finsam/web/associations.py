"""Associations: the list, one association with its members and its map, and changes to them."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finsam.access.actors import Actor
from finsam.access.queries import PARTY_KINDS
from finsam.access.roles import Permission
from finsam.associations import actions, queries
from finsam.forms.conflicts import opened
from finsam.forms.fields import LastDayField, OrganisationNumberField
from finsam.forms.page_form import PageForm
from finsam.interventions import queries as interventions
from finsam.web import history
from finsam.web.forms import attempt, form_page, is_outside, submit
from finsam.web.maps import map_of
from finsam.web.paging import page_of
from finsam.web.pieces import Crumb, Fact, link
from finsam.web.request import Request, needs

SIZE = 100


class AssociationForm(PageForm):
    """What a person fills in about an association."""

    modelled = "associations.Association"
    number = OrganisationNumberField(
        label=gettext_lazy("Organisationsnummer"), help_text=gettext_lazy("Tio siffror, till exempel 222000-0000.")
    )


class CloseForm(PageForm):
    """The last day of an association, and the one it merges into."""

    ends_before = LastDayField(label=gettext_lazy("Sista dag"))
    merged_into: Any = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Uppgår i"),
        required=False,
        help_text=gettext_lazy("Välj bara om ett annat förbund tar över."),
    )

    def __init__(self, *args: Any, actor: Actor, association: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["merged_into"]
        field.queryset = queries.visible(actor=actor).filter(state="active").exclude(pk=association.pk)


@require_safe
@needs(Permission.SEE_ASSOCIATION)
def associations(request: Request) -> HttpResponse:
    """The associations the actor may see; whoever sees only one goes straight to it."""
    mine = request.actor.associations(Permission.SEE_ASSOCIATION)
    if mine is not None and len(mine) == 1 and (only := queries.visible(actor=request.actor).first()):
        return redirect("association", only.pk)
    page = page_of(queries.listed(actor=request.actor), request, by=("name", "pk"), size=SIZE)
    may_create = request.actor.may(Permission.EDIT_ASSOCIATION)
    return render(request, "associations/list.html", {"page": page, "may_create": may_create})


@require_safe
@needs(Permission.SEE_ASSOCIATION)
def association(request: Request, pk: int) -> HttpResponse:
    """One association: members, municipalities on a map, and what the law still asks for."""
    actor = request.actor
    one = queries.get(actor=actor, pk=pk)
    day = _shown_day(one.first_day, one.ends_before, actor.today)
    ended = one.ends_before is not None and one.ends_before <= actor.today
    coverages = list(queries.coverages(actor=actor, association=one))
    codes = queries.municipality_codes(actor=actor, association=one, day=day)
    memberships = sorted(queries.memberships(actor=actor, association=one), key=_kind_order)
    return render(
        request,
        "associations/association.html",
        {
            "association": one,
            "memberships": memberships,
            "members_now": queries.members_on(actor=actor, association=one, day=day),
            "coverages": coverages,
            "ended": ended,
            "covered": [row.municipality.name for row in coverages if row.municipality.code in codes],
            "counties": len({code[:2] for code in codes}),
            "findings": [] if ended else queries.findings(actor=actor, association=one, day=day),
            "misplaced": _misplaced(actor, one),
            "may_edit": actor.may(Permission.EDIT_ASSOCIATION, one),
            "map": map_of(codes),
            "history": history.rows(queries.history(actor=actor, association=one)),
            "crumbs": crumbs(request),
        },
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_ASSOCIATION)
def association_create(request: Request) -> HttpResponse:
    """Register an association."""
    request.actor.require(Permission.EDIT_ASSOCIATION)
    form = AssociationForm(request.POST or None)
    if form.is_valid() and (made := submit(form, actions.create, actor=request.actor)):
        return redirect("association", made.pk)
    return form_page(
        request,
        form,
        heading=_("Lägg till förbund"),
        lead=_("Förbundet börjar som förberett. Lägg sedan till medlemmar och kommuner, och sätt det i drift."),
        button=_("Spara förbundet"),
        crumbs=crumbs(request),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_ASSOCIATION)
def association_edit(request: Request, pk: int) -> HttpResponse:
    """Change an association's facts."""
    one = editable(request, pk)
    held = opened(one)
    initial = {name: getattr(one, name) for name in one.FORM}
    form = AssociationForm(request.POST or None, initial=initial, held=held)
    if form.is_valid() and submit(form, actions.change, actor=request.actor, association=one):
        return redirect("association", pk)
    return form_page(
        request, form, heading=_("Ändra uppgifter"), button=_("Spara ändringarna"), crumbs=crumbs(request, one)
    )


@require_POST
@needs(Permission.EDIT_ASSOCIATION)
def association_activate(request: Request, pk: int) -> HttpResponse:
    """Put an association to work."""
    one = editable(request, pk)
    attempt(request, actions.activate, done=_("Förbundet är i drift."), actor=request.actor, association=one)
    return redirect("association", pk)


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_ASSOCIATION)
def association_close(request: Request, pk: int) -> HttpResponse:
    """Close an association, or let it merge into another."""
    one = editable(request, pk)
    form = CloseForm(request.POST or None, actor=request.actor, association=one, held=opened(one))
    if form.is_valid() and submit(form, actions.close, actor=request.actor, association=one):
        return redirect("association", pk)
    return form_page(
        request,
        form,
        heading=_("Avsluta förbundet"),
        lead=_("Medlemskap och kommuner upphör samma dag. Insatser och deltaganden avslutas först."),
        button=_("Avsluta förbundet"),
        crumbs=crumbs(request, one),
        facts=[*(_ways(request.actor, one) if is_outside(form) else ()), *facts(one)],
        aside=one.name,
    )


def _misplaced(actor: Actor, one: Any) -> list[Any]:
    """The association's structural interventions that register participants, for whoever sees its interventions."""
    return list(interventions.misplaced(actor=actor).filter(association=one))


def _ways(actor: Actor, one: Any) -> list[Fact]:
    """The ways to what lies after an association's new last day, for whoever may go them."""
    lists = [link(reverse("association", args=[one.pk]), _("Medlemmar och kommuner"))]
    if actor.may(Permission.SEE_INTERVENTION, one):
        lists.insert(0, link(reverse("association_interventions", args=[one.pk]), _("Insatserna")))
    return [Fact(_("Se till det först"), lists)]


def editable(request: Request, pk: int) -> Any:
    """The association of an address, if the actor may change it."""
    one = queries.get(actor=request.actor, pk=pk)
    request.actor.require(Permission.EDIT_ASSOCIATION, one)
    return one


def crumbs(request: Request, association: Any = None) -> list[Crumb]:
    """The way to a page below the list of associations."""
    several = request.actor.associations(Permission.SEE_ASSOCIATION)
    way = [Crumb(_("Förbund"), reverse("associations"))] if several is None or len(several) > 1 else []
    if association is not None:
        way.append(Crumb(association.name, reverse("association", args=[association.pk])))
    return way


def facts(association: Any) -> list[Fact]:
    """What one needs to see of an association while changing it."""
    return [
        Fact(_("Organisationsnummer"), association.number),
        Fact(_("Läge"), association.get_state_display()),
        Fact(_("Första dag"), association.first_day.isoformat()),
    ]


def _kind_order(membership: Any) -> int:
    """The state's agencies first, then the region and the municipalities, as the law names them."""
    return PARTY_KINDS.index(membership.party.kind)


def _shown_day(first_day: date, ends_before: date | None, today: date) -> date:
    """The day an association is shown on: today, its first day if that is to come, its last if that has been."""
    day = max(first_day, today)
    return day if ends_before is None else min(day, ends_before - timedelta(days=1))


urlpatterns = [
    path("forbund/", associations, name="associations"),
    path("forbund/nytt/", association_create, name="association_create"),
    path("forbund/<int:pk>/", association, name="association"),
    path("forbund/<int:pk>/andra/", association_edit, name="association_edit"),
    path("forbund/<int:pk>/aktivera/", association_activate, name="association_activate"),
    path("forbund/<int:pk>/avsluta/", association_close, name="association_close"),
]
