"""Signing in and out, choosing a password by a one-time link, and the language of the pages."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from finsam.access import actions, queries
from finsam.access.actors import Actor
from finsam.access.clock import moment
from finsam.forms.page_form import PageForm
from finsam.web import cookies
from finsam.web.forms import submit
from finsam.web.middleware import LANGUAGES
from finsam.web.request import Request
from finsam.web.templatetags.formats import day

TRIES = 10  # wrong passwords for one address before a pause
PAUSE = 300  # seconds


class SignInForm(PageForm):
    """E-mail address and password."""

    email = forms.EmailField(
        label=gettext_lazy("E-postadress"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=gettext_lazy("Lösenord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Find the user; the same sentence whichever of the two is wrong, and a pause after many tries."""
        cleaned = super().clean() or {}
        if "email" not in cleaned or "password" not in cleaned:
            return cleaned
        key = f"sign-in:{cleaned['email'].lower()}"
        if cache.get(key, 0) >= TRIES:
            raise ValidationError(_("För många försök. Vänta fem minuter och försök igen."))
        cleaned["user"] = authenticate(username=cleaned["email"], password=cleaned["password"])
        if cleaned["user"] is None:
            cache.set(key, cache.get(key, 0) + 1, PAUSE)
            raise ValidationError(_("E-postadressen och lösenordet hör inte ihop. Kontrollera båda och försök igen."))
        cache.delete(key)
        return cleaned


class PasswordForm(PageForm):
    """A new password, written twice."""

    password = forms.CharField(
        label=gettext_lazy("Nytt lösenord"),
        help_text=gettext_lazy("Minst tolv tecken. Tre eller fyra ord efter varandra är lätt att minnas."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Samma lösenord igen"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """The same password twice."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise ValidationError(_("De två lösenorden är olika. Skriv samma i båda fälten."))
        return again

    def clean(self) -> dict[str, Any]:
        """Hand on the password only."""
        return {name: value for name, value in (super().clean() or {}).items() if name == "password"}


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Sign in with e-mail address and password."""
    if request.user.is_authenticated:
        return redirect("start")
    form = SignInForm(request.POST or None)
    if form.is_valid():
        _let_in(request, form.cleaned_data["user"])
        _tell_of_links(request, queries.actor_for(user=form.cleaned_data["user"], at=moment(timezone.now())))
        return redirect(_next(request, request.GET.get("next", "")))
    return render(request, "session/sign_in.html", {"form": form})


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Sign out."""
    logout(request)
    messages.success(request, _("Du är utloggad."))
    return redirect("sign_in")


@require_POST
def language(request: Request) -> HttpResponse:
    """Choose the language of the pages, for good when signed in."""
    chosen = request.POST.get("language", "")
    response = redirect(_next(request, request.POST.get("next", "")))
    if chosen in LANGUAGES:
        cookies.give(response, settings.LANGUAGE_COOKIE_NAME, chosen, seconds=365 * 24 * 3600)
        if request.user.is_authenticated:
            actions.set_language(actor=request.actor, language=chosen)
    return response


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: Request, secret: str) -> HttpResponse:
    """Choose a password by a one-time link, and be signed in."""
    at = moment(timezone.now())
    try:
        found = queries.invitation(secret=secret, at=at)
    except ValidationError as refusal:
        return render(request, "session/invitation_refused.html", {"sentence": refusal.messages[0]}, status=410)
    if request.user.is_authenticated and request.user.pk != found.user_id:
        return render(request, "session/invitation_other.html", {"invitation": found}, status=409)
    form = PasswordForm(request.POST or None)
    actor = queries.actor_for(user=found.user, at=at)
    if form.is_valid() and (user := submit(form, actions.accept, actor=actor, secret=secret)):
        _let_in(request, user)
        messages.success(request, _("Lösenordet är sparat."))
        return redirect("start")
    return render(request, "session/invitation.html", {"form": form, "invitation": found})


def _let_in(request: Request, user: Any) -> None:
    """Sign a user in, and clear away the sessions that are over; a page that is shown writes nothing."""
    login(request, user)
    request.session.clear_expired()


def _tell_of_links(request: Request, actor: Actor) -> None:
    """Say which links could have changed the password, so that nobody gets in unseen."""
    links = actions.tell_links(actor=actor)
    people = {who for link in links for who in (link.made_by, link.confirmed_by)}
    names = queries.names(actor=actor, users=people)
    for link in links:
        messages.warning(request, _told(link, names))


def _told(link: Any, names: dict[int, str]) -> str:
    facts = {
        "made": day(timezone.localtime(link.made_at).date()),
        "maker": names.get(link.made_by or 0, "") if link.made_by else _("driften"),
        "second": names.get(link.confirmed_by or 0, "") if link.confirmed_by else _("driften"),
        "used": f"{timezone.localtime(link.used_at):%Y-%m-%d %H.%M}" if link.used_at else "",
    }
    if link.used_at:
        words = _(
            "Ditt lösenord byttes %(used)s med en engångslänk som %(maker)s gjorde och %(second)s bekräftade. Var det "
            "inte du: säg till genast."
        )
    elif link.confirmed_at:
        words = _(
            "En engångslänk till ditt konto gjordes %(made)s av %(maker)s och bekräftades av %(second)s. Har du inte "
            "bett om den: säg till genast."
        )
    else:
        words = _(
            "En engångslänk till ditt konto gjordes %(made)s av %(maker)s och väntar på att bekräftas. Ditt lösenord "
            "gäller. Har du inte bett om länken: säg till en annan systemadministratör."
        )
    return words % facts


def _next(request: Request, address: str) -> str:
    """The address to go on to; only one of our own."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"


urlpatterns = [
    path("logga-in/", sign_in, name="sign_in"),
    path("logga-ut/", sign_out, name="sign_out"),
    path("sprak/", language, name="language"),
    path("inbjudan/<str:secret>/", invitation, name="invitation"),
]
