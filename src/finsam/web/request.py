"""The request as views get it: with who acts, and the home it came to."""

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from finsam.access.actors import Actor


class Request(HttpRequest):
    """A request after the middleware; `actor` is missing only on public pages before sign-in."""

    actor: Actor
    home: Any  # this home's Installation row, or None before it is prepared
    htmx: HtmxDetails
