"""Who works in an intervention: giving someone the work of lead or registrar, and ending it."""

from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from django_stubs_ext import StrPromise

from finsam.access.roles import Permission, Role, roles
from finsam.interventions import actions, queries
from finsam.web.forms import attempt, form_page, submit
from finsam.web.interventions.forms import AssignForm
from finsam.web.interventions.pages import ASSIGNS, crumbs
from finsam.web.request import Request, needs

HEADINGS: Final[Mapping[Role, tuple[StrPromise, StrPromise]]] = {
    Role.INTERVENTION_LEAD: (gettext_lazy("Välj insatsansvarig"), gettext_lazy("Ge uppdraget")),
    Role.PARTICIPANT_REGISTRAR: (gettext_lazy("Välj deltagaransvarig"), gettext_lazy("Ge uppdraget")),
}


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_INTERVENTION)
def assignment_add(request: Request, pk: int, role: str) -> HttpResponse:
    """Give someone who holds the role work in an intervention."""
    actor = request.actor
    wanted = next((one for one in HEADINGS if one.value == role and one in roles()), None)
    if wanted is None:
        raise Http404
    one = queries.get(actor=actor, pk=pk)
    actor.require(ASSIGNS[wanted], one)
    form = AssignForm(request.POST or None, users=queries.assignable(actor=actor, intervention=one, role=wanted))
    if form.is_valid() and (made := submit(form, actions.assign, actor=actor, intervention=one, role=wanted)):
        messages.success(request, _("%(name)s har fått uppdraget.") % {"name": made.user.name})
        return redirect("intervention", pk)
    heading, button = HEADINGS[wanted]
    return form_page(request, form, heading=str(heading), button=str(button), crumbs=crumbs(request, one))


@require_POST
@needs(Permission.SEE_INTERVENTION)
def assignment_end(request: Request, pk: int, assignment: int) -> HttpResponse:
    """End someone's work in an intervention."""
    one = queries.get(actor=request.actor, pk=pk)
    row = queries.assignment(actor=request.actor, intervention=one, pk=assignment)
    done = _("%(name)s har inte längre uppdraget.") % {"name": row.user.name}
    attempt(request, actions.end_assignment, done=done, actor=request.actor, assignment=row)
    return redirect("intervention", pk)
