"""The request as views get it: with who acts, and the home it came to; and what a view needs of its actor."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from finsam.access.actors import Actor, refusal
from finsam.access.roles import Permission
from finsam.access.versions import Outdated


class Request(HttpRequest):
    """A request after the middleware; `actor` is missing only on public pages before sign-in."""

    actor: Actor
    home: Any  # this home's Installation row, or None before it is prepared
    htmx: HtmxDetails


View = Callable[..., HttpResponse]


def needs(permission: Permission) -> Callable[[View], View]:
    """Refuse a view to whoever holds the permission nowhere; the view itself asks about its record."""

    def wrap(view: View) -> View:
        @wraps(view)
        def asked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.actor.has(permission):
                raise PermissionDenied(refusal(permission))
            try:
                return view(request, *args, **kwargs)
            except Outdated:  # somebody saved between our reading and our writing: read again, and show both
                return view(request, *args, **kwargs)

        return asked

    return wrap
