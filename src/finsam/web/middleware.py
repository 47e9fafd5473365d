"""What happens to every request before its view: the home, the language, who acts, and no entry for strangers."""

import ipaddress
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from finsam.access import queries
from finsam.access.clock import moment_in
from finsam.access.remains import remains
from finsam.web.request import Request

Answer = Callable[[Request], HttpResponseBase]

LANGUAGES: Final = ("sv", "en")

# Pages that need no sign-in. Everything else does.
PUBLIC: Final = frozenset({"sign_in", "invitation", "language"})


# What pages of ours never use, so that nothing that got into one can: each to nobody (W3C Permissions Policy).
UNUSED_FEATURES: Final = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "web-share",
    "xr-spatial-tracking",
)


class HeadersMiddleware:
    """Says of whatever is answered that nothing may keep it, and what a page may not use.

    It stands within WhiteNoise: fonts, styles and pictures of the product itself are kept as ever.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.policy = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)

    def __call__(self, request: Request) -> HttpResponseBase:
        """Answer with both headers; the sign-in page and links to it hold secrets too, so there is no exception."""
        response = self.answer(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Permissions-Policy"] = self.policy
        return response


class HomeMiddleware:
    """Reads the home once, keeps a demo home to this machine, and takes away what an erasure had to leave."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: Request) -> HttpResponseBase:
        """Refuse other machines in a demo home."""
        remains.settle()
        request.home = queries.installation()
        if request.home and request.home.is_demo and not _is_loopback(request):
            return render(request, "refused.html", status=403)
        return self.answer(request)


class LanguageMiddleware:
    """Swedish, unless the user or, before sign-in, the visitor has chosen English."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: Request) -> HttpResponseBase:
        """Answer in the language chosen."""
        wanted = (
            request.user.language
            if request.user.is_authenticated
            else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        )
        language = wanted if wanted in LANGUAGES else "sv"
        with translation.override(language):
            response = self.answer(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ActorMiddleware:
    """Says who acts and when (`request.actor`), and lets nobody in who hasn't signed in."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: Request) -> HttpResponseBase:
        """Name the actor; its moment is the request's."""
        if request.user.is_authenticated:
            request.actor = queries.actor_for(user=request.user, at=moment_in(request.home, timezone.now()))
        return self.answer(request)

    def process_view(
        self, request: Request, view: Answer, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Send strangers to the sign-in page, from every page that isn't listed as public."""
        match = request.resolver_match
        if request.user.is_authenticated or (match and match.url_name in PUBLIC):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": reverse("sign_in")})
        return redirect_to_login(request.get_full_path(), reverse("sign_in"))

    def process_exception(self, request: Request, exception: Exception) -> None:
        """A row that isn't there, or isn't the actor's to see, is a page that isn't there."""
        if isinstance(exception, ObjectDoesNotExist):
            raise Http404 from exception


def _is_loopback(request: Request) -> bool:
    return ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "127.0.0.1").is_loopback
