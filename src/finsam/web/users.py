"""Users: the list, one user with the roles held, and the one-time link that lets a user in."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finsam.access import actions, queries
from finsam.access.actors import Actor
from finsam.access.roles import Permission, roles
from finsam.web import history
from finsam.web.conflicts import opened
from finsam.web.forms import OrganisationField, PageForm, attempt, form_page, submit
from finsam.web.needed import Needed
from finsam.web.paging import page_of
from finsam.web.pieces import Crumb, Fact
from finsam.web.request import Request, needs

WITHIN = [role.value for role, row in roles().items() if row.per_association]  # roles that are for one association


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
    """One user: employer, roles and whether the user can sign in."""
    one = queries.user(actor=request.actor, pk=pk)
    context = {
        "person": one,
        "grants": one.grants.all(),
        "may_manage": request.actor.may(Permission.MANAGE_USERS),
        "history": history.rows(queries.history(actor=request.actor, user=one)),
        "may_see_events": request.actor.may(Permission.SEE_EVENTS),
        "crumbs": _crumbs(),
    }
    return render(request, "users/user.html", context)


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
    if form.is_valid() and submit(form, actions.change_user, actor=request.actor, user=one):
        return redirect("user", pk)
    return form_page(request, form, heading=_("Ändra användare"), button=_("Spara ändringarna"), crumbs=_crumbs(one))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_USERS)
def grant_add(request: Request, pk: int) -> HttpResponse:
    """Give a user a role."""
    one = queries.user(actor=request.actor, pk=pk)
    form = GrantForm(request.POST or None, actor=request.actor)
    if form.is_valid() and submit(form, actions.grant, actor=request.actor, user=one):
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
    secret = actions.invite(actor=request.actor, user=one)
    link = request.build_absolute_uri(reverse("invitation", args=[secret]))
    return render(request, "users/link.html", {"person": one, "link": link, "crumbs": _crumbs(one)})


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
    path("anvandare/<int:pk>/inloggning/", user_active, name="user_active"),
    path("anvandare/<int:pk>/lank/", user_invite, name="user_invite"),
]
