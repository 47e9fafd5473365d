"""Users: the list, one user with the roles held, and the one-time link that lets a user in."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finsam.access import actions, queries, rules
from finsam.access.actors import Actor
from finsam.access.roles import Permission, roles
from finsam.forms.conflicts import opened
from finsam.forms.fields import OrganisationField
from finsam.forms.needed import Needed
from finsam.forms.page_form import PageForm
from finsam.interventions import queries as interventions
from finsam.web import history
from finsam.web.forms import attempt, form_page, submit
from finsam.web.paging import page_of
from finsam.web.pieces import Crumb, Fact
from finsam.web.request import Request, needs

WITHIN = [role.value for role, row in roles().items() if row.per_association]  # roles that are for one association
LINKS = 5  # the newest on a user's page; older ones stand in the trail


class UserForm(PageForm):
    """What is known of a user."""

    modelled = "access.User"
    employer = OrganisationField(
        None,
        label=gettext_lazy("Arbetsgivare"),
        help_text=gettext_lazy("Den som anställer personen. En förbundsanställd kan inte vara deltagaransvarig."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["employer"]
        field.queryset = queries.organisations(actor=actor)


class GrantForm(PageForm):
    """A role, and for some roles the association it is for."""

    role = forms.ChoiceField(label=gettext_lazy("Roll"))
    organisation: Any = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Förbund"),
        required=False,
        help_text=gettext_lazy("Bara för förbundsadministratör och läsare."),
    )
    needed: ClassVar = {"organisation": Needed("role", WITHIN, gettext_lazy("för roller i ett förbund"))}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [("", _("Välj i listan")), *queries.role_choices()]
        organisation: Any = self.fields["organisation"]
        organisation.queryset = queries.organisations(actor=actor).filter(kind="association")


@dataclass(frozen=True)
class Waiting:
    """A role or a link on a user's page: who gave it, who confirmed it, and whether the reader can confirm it now."""

    row: Any
    given_by: str
    confirmed_by: str
    waits: bool
    may_confirm: bool


@require_safe
@needs(Permission.SEE_USERS)
def users(request: Request) -> HttpResponse:
    """All users by name, with what they may do; narrowed to those whose name or address holds some letters."""
    wanted = request.GET.get("namn", "").replace("\0", "").strip()
    found = queries.users(actor=request.actor)
    if wanted:
        found = found.filter(name__icontains=wanted) | found.filter(email__icontains=wanted)
    page = page_of(found, request, by=("name", "pk"))
    may_manage = request.actor.may(Permission.MANAGE_USERS)
    return render(request, "users/list.html", {"page": page, "wanted": wanted, "may_manage": may_manage})


@require_safe
@needs(Permission.SEE_USERS)
def user(request: Request, pk: int) -> HttpResponse:
    """One user: employer, roles, links, what waits to be confirmed, and whether the user can sign in."""
    actor = request.actor
    one = queries.user(actor=actor, pk=pk)
    links = list(queries.links(actor=actor, user=one)[:LINKS])
    grants = list(one.grants.all())
    people = {who for link in links for who in (link.made_by, link.confirmed_by)}
    people |= {who for row in grants for who in (row.granted_by, row.confirmed_by)}
    names = queries.names(actor=actor, users=people)
    context = {
        "person": one,
        "grants": [_grant(actor, row, names) for row in grants],
        "links": [_link(actor, row, names) for row in links],
        "may_manage": actor.may(Permission.MANAGE_USERS),
        "is_oneself": actor.user_id == one.pk,
        "history": history.rows(queries.history(actor=actor, user=one)),
        "may_see_events": actor.may(Permission.SEE_EVENTS),
        "crumbs": _crumbs(),
    }
    return render(request, "users/user.html", context)


def _grant(actor: Actor, row: Any, names: dict[int, str]) -> Waiting:
    waits = row.holds_from is None
    others = actor.user_id not in {row.user_id, *queries.involved(actor=actor, grant=row)} if waits else False
    return _waiting(row, row.granted_by, names, waits=waits, may_confirm=others)


def _link(actor: Actor, row: Any, names: dict[int, str]) -> Waiting:
    waits = row.waits() and row.expires_at > actor.at
    return _waiting(row, row.made_by, names, waits=waits, may_confirm=actor.user_id not in {row.user_id, row.made_by})


def _waiting(row: Any, giver: int | None, names: dict[int, str], *, waits: bool, may_confirm: bool) -> Waiting:
    given_by = names.get(giver or 0, "") if giver else _("driften")
    return Waiting(row, given_by, names.get(row.confirmed_by or 0, ""), waits, waits and may_confirm)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_USERS)
def user_create(request: Request) -> HttpResponse:
    """Add a user."""
    form = UserForm(request.POST or None, actor=request.actor, initial={"language": "sv"})
    if form.is_valid() and (made := submit(form, actions.create_user, actor=request.actor)):
        return redirect("user", made.pk)
    return form_page(
        request,
        form,
        heading=_("Lägg till användare"),
        lead=_("Sedan ger du användaren en roll och en engångslänk att välja lösenord med."),
        button=_("Lägg till användaren"),
        crumbs=_crumbs(),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_USERS)
def user_edit(request: Request, pk: int) -> HttpResponse:
    """Change what is known of a user."""
    one = queries.user(actor=request.actor, pk=pk)
    held = opened(one)
    initial = {name: getattr(one, name) for name in one.FORM}
    form = UserForm(request.POST or None, actor=request.actor, initial=initial, held=held)
    work = interventions.working_as(actor=request.actor, user=one)
    if form.is_valid() and submit(form, actions.change_user, actor=request.actor, user=one, working_as=work):
        return redirect("user", pk)
    return form_page(request, form, heading=_("Ändra användare"), button=_("Spara ändringarna"), crumbs=_crumbs(one))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_USERS)
def grant_add(request: Request, pk: int) -> HttpResponse:
    """Give a user a role."""
    one = queries.user(actor=request.actor, pk=pk)
    form = GrantForm(request.POST or None, actor=request.actor)
    work = interventions.working_as(actor=request.actor, user=one)
    if form.is_valid() and (given := submit(form, actions.grant, actor=request.actor, user=one, working_as=work)):
        _say_what_waits(request, one, waits=given.holds_from is None)
        return redirect("user", pk)
    held = [grant.label for grant in one.grants.all()]
    return form_page(
        request,
        form,
        heading=_("Ge en roll"),
        button=_("Ge rollen"),
        crumbs=_crumbs(one),
        aside=one.name,
        facts=[Fact(_("Arbetsgivare"), one.employer.name), Fact(_("Har redan"), held)],
    )


@require_POST
@needs(Permission.MANAGE_USERS)
def grant_remove(request: Request, pk: int, grant: int) -> HttpResponse:
    """Take a role away."""
    one = queries.user(actor=request.actor, pk=pk)
    row = get_object_or_404(one.grants, pk=grant)
    attempt(request, actions.revoke, done=_("Rollen är borttagen."), actor=request.actor, grant=row)
    return redirect("user", pk)


@require_POST
@needs(Permission.MANAGE_USERS)
def grant_confirm(request: Request, pk: int, grant: int) -> HttpResponse:
    """Let a role hold that a colleague has given."""
    one = queries.user(actor=request.actor, pk=pk)
    row = get_object_or_404(one.grants, pk=grant)
    work = interventions.working_as(actor=request.actor, user=one)
    done = _("Rollen är bekräftad och gäller nu.")
    attempt(request, actions.confirm_grant, done=done, actor=request.actor, grant=row, working_as=work)
    return redirect("user", pk)


@require_POST
@needs(Permission.MANAGE_USERS)
def user_active(request: Request, pk: int) -> HttpResponse:
    """Let a user sign in, or no longer."""
    one = queries.user(actor=request.actor, pk=pk)
    wanted = request.POST.get("active") == "1"
    done = _("Användaren får logga in.") if wanted else _("Användaren kan inte längre logga in.")
    attempt(request, actions.set_active, done=done, actor=request.actor, user=one, is_active=wanted)
    return redirect("user", pk)


@require_POST
@never_cache
@needs(Permission.MANAGE_USERS)
def user_invite(request: Request, pk: int) -> HttpResponse:
    """Make a one-time link and show it once."""
    one = queries.user(actor=request.actor, pk=pk)
    try:
        secret = actions.invite(actor=request.actor, user=one)
    except ValidationError as refusal:
        messages.error(request, "\n".join(refusal.messages))
        return redirect("user", pk)
    link = request.build_absolute_uri(reverse("invitation", args=[secret]))
    told = {"waits": one.is_guarded(), "resets": one.has_usable_password()}
    return render(request, "users/link.html", {"person": one, "link": link, "crumbs": _crumbs(one), **told})


@require_POST
@needs(Permission.MANAGE_USERS)
def link_confirm(request: Request, pk: int, link: int) -> HttpResponse:
    """Let a link work that a colleague has made."""
    row = _of(request, pk, link)
    done = _("Länken är bekräftad och fungerar nu. Användaren är utloggad överallt och får veta det vid inloggningen.")
    if not row.resets:
        done = _("Länken är bekräftad och fungerar nu.")
    attempt(request, actions.confirm_link, done=done, actor=request.actor, link=row)
    return redirect("user", pk)


@require_POST
@needs(Permission.MANAGE_USERS)
def link_withdraw(request: Request, pk: int, link: int) -> HttpResponse:
    """Take back a link that nobody has used."""
    row = _of(request, pk, link)
    attempt(request, actions.withdraw_link, done=_("Länken är återtagen."), actor=request.actor, link=row)
    return redirect("user", pk)


def _of(request: Request, pk: int, link: int) -> Any:
    one = queries.user(actor=request.actor, pk=pk)
    return get_object_or_404(queries.links(actor=request.actor, user=one), pk=link)


def _say_what_waits(request: Request, one: Any, *, waits: bool) -> None:
    if not waits:
        messages.success(request, _("Rollen gäller nu."))
    elif queries.seconds(actor=request.actor, user=one):
        messages.success(request, _("Rollen är given. Den gäller när en annan systemadministratör har bekräftat den."))
    else:
        messages.warning(request, rules.alone())


def _crumbs(one: Any = None) -> list[Crumb]:
    way = [Crumb(_("Användare"), reverse("users"))]
    return way if one is None else [*way, Crumb(one.name, reverse("user", args=[one.pk]))]


urlpatterns = [
    path("anvandare/", users, name="users"),
    path("anvandare/ny/", user_create, name="user_create"),
    path("anvandare/<int:pk>/", user, name="user"),
    path("anvandare/<int:pk>/andra/", user_edit, name="user_edit"),
    path("anvandare/<int:pk>/roller/ny/", grant_add, name="grant_add"),
    path("anvandare/<int:pk>/roller/<int:grant>/ta-bort/", grant_remove, name="grant_remove"),
    path("anvandare/<int:pk>/roller/<int:grant>/bekrafta/", grant_confirm, name="grant_confirm"),
    path("anvandare/<int:pk>/inloggning/", user_active, name="user_active"),
    path("anvandare/<int:pk>/lank/", user_invite, name="user_invite"),
    path("anvandare/<int:pk>/lank/<int:link>/bekrafta/", link_confirm, name="link_confirm"),
    path("anvandare/<int:pk>/lank/<int:link>/ta-tillbaka/", link_withdraw, name="link_withdraw"),
]
