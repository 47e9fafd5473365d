"""What every page knows: who acts, the menu, and whether the home is a demo."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from finsam.web.menus import menu


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, the menu and the home; also on error pages that were reached before anyone was known."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "home": getattr(request, "home", None),
        "menu": SimpleLazyObject(lambda: menu(actor, request.path)),
    }
