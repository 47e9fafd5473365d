"""What is done with an edition in the background, publishing and attacks: the orders, and how far they have come."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from finsam.access.roles import Permission
from finsam.background import actions as background_actions
from finsam.editions import queries as edition_queries
from finsam.editions import run_queries
from finsam.forms.sentences import ours
from finsam.web.editions import back, crumbs, found
from finsam.web.pieces import Crumb
from finsam.web.request import Request, needs
from finsam.web.snapshots import onward


@require_POST
@needs(Permission.PUBLISH_EDITION)
def edition_publish(request: Request, identifier: str) -> HttpResponse:
    """Ask for an edition to be published in the background."""
    return _ordered(request, identifier, "publish")


@require_POST
@needs(Permission.REVIEW_EDITION)
def edition_attack(request: Request, identifier: str) -> HttpResponse:
    """Ask for an edition to be attacked in the background, together with what was published before it."""
    return _ordered(request, identifier, "attack")


@never_cache
@require_safe
@needs(Permission.REVIEW_EDITION)
def edition_work(request: Request, identifier: str, pk: int) -> HttpResponse:
    """How far it has come, which htmx asks again until it is done, and then what came of it."""
    actor, one = request.actor, found(request, identifier)
    work, address = run_queries.works(actor=actor, edition=one).get(pk=pk), reverse("edition", args=[identifier])
    if work.state == "done" and work.kind == "publish":
        return onward(request, address)
    name = edition_queries.title(actor=actor, edition=one)
    way = [*crumbs(actor), Crumb(_("Utgåvan"), address)]
    context = {"work": work, "edition": one, "address": identifier, "name": name, "crumbs": way}
    return render(request, "editions/work_part.html" if request.htmx else "editions/work.html", context)


def _ordered(request: Request, identifier: str, kind: str) -> HttpResponse:
    """Order it, and lead to where it is followed; what is refused at once is said on the edition's page."""
    one = found(request, identifier)
    try:
        work = background_actions.request_work(actor=request.actor, edition=one, kind=kind)
    except ValidationError as refusal:
        return back(request, identifier, ours(refusal))
    return redirect("edition_work", identifier, work.pk)


urlpatterns = [
    path("utgavor/<slug:identifier>/publicera/", edition_publish, name="edition_publish"),
    path("utgavor/<slug:identifier>/angrip/", edition_attack, name="edition_attack"),
    path("utgavor/<slug:identifier>/pagar/<int:pk>/", edition_work, name="edition_work"),
]
