"""The participations behind a figure of an edition, for those who work with them: by number."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from finsam.access.roles import Permission
from finsam.editions import page_queries
from finsam.editions import queries as edition_queries
from finsam.participants import queries
from finsam.snapshots import rules
from finsam.web.pieces import Crumb
from finsam.web.request import Request, needs

MOST = 100  # a longer list is read in the intervention


@never_cache
@require_safe
@needs(Permission.SEE_PARTICIPATIONS)
def figure_participants(request: Request, identifier: str, table: str, key: str) -> HttpResponse:
    """The participations that a figure is made of, in the actor's own interventions; the part alone to htmx."""
    actor = request.actor
    try:
        one = edition_queries.edition(actor=actor, identifier=identifier)
        found = page_queries.figure(actor=actor, edition=one, table=table, key=key).behind
    except ValidationError as refusal:
        raise Http404 from refusal
    if found is None:
        raise Http404
    before = rules.end_of(found.as_of)
    counted = queries.Counted(found.year, found.flow, found.supports, found.sex, before, found.need_group)
    lines = queries.behind(actor=actor, counted=counted)
    context = {
        "lines": lines[:MOST],
        "count": len(lines),
        "as_of": found.as_of,
        "opens": actor.has(Permission.SEE_IDENTITY),
        "crumbs": [Crumb(_("Siffran"), reverse("edition_figure", args=[identifier, table, key]))],
    }
    template = "participants/behind_part.html" if request.htmx else "participants/behind.html"
    return render(request, template, context)
