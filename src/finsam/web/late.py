"""Late registration: how the figures of past years have grown, and what the newest year is expected to come to."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from finsam.access.roles import Permission
from finsam.background import actions as background_actions
from finsam.forms.page_form import PageForm
from finsam.late import queries
from finsam.publications.formats.html import blocks_html
from finsam.web.pieces import Crumb
from finsam.web.reports import crumbs
from finsam.web.request import Request, needs
from finsam.web.snapshots import onward


class FigureForm(PageForm):
    """The figure to see."""

    figure = forms.ChoiceField(label=gettext_lazy("Siffra"))

    def __init__(self, *args: Any, figures: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["figure"]
        field.choices = list(figures.items())


@require_safe
@needs(Permission.PRODUCE_REPORT)
def late(request: Request) -> HttpResponse:
    """What was last counted, one figure at a time; nothing is counted here."""
    actor = request.actor
    found, figures = queries.late(actor=actor), queries.late_figures(actor=actor)
    figure = request.GET.get("figure", next(iter(figures)))
    if figure not in figures:
        raise Http404
    context: dict[str, Any] = {
        "found": found,
        "figure": figure,
        "form": FigureForm(initial={"figure": figure}, figures=figures),
        "counting": queries.last_ordered(actor=actor),
        "may_take": actor.may(Permission.TAKE_SNAPSHOT),
        "crumbs": crumbs(actor),
    }
    if found.row and found.is_safe:
        shown = queries.late_shown(actor=actor, row=found.row, figure=figure, language=get_language() or "sv")
        context |= {"shown": shown, "blocks": blocks_html(shown)}
    return render(request, "late/late.html", context)


@require_POST
@needs(Permission.PRODUCE_REPORT)
def late_count(request: Request) -> HttpResponse:
    """Ask for a counting in every snapshot, in the background."""
    try:
        counting = background_actions.request_late(actor=request.actor)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(f"{reverse('late')}?{request.GET.urlencode()}")
    return redirect(f"{reverse('late_counting', args=[counting.pk])}?{request.GET.urlencode()}")


@never_cache
@require_safe
@needs(Permission.PRODUCE_REPORT)
def late_counting(request: Request, pk: int) -> HttpResponse:
    """How far the counting has come; htmx asks again until it is done."""
    counting = queries.counting(actor=request.actor, pk=pk)
    chosen = request.GET.urlencode()
    if counting.state == "done":
        return onward(request, f"{reverse('late')}?{chosen}")
    way = [*crumbs(request.actor), Crumb(_("Eftersläpning"), reverse("late"))]
    context = {"counting": counting, "chosen": chosen, "crumbs": way}
    return render(request, "late/counting_part.html" if request.htmx else "late/counting.html", context)


urlpatterns = [
    path("efterslapning/", late, name="late"),
    path("efterslapning/rakna/", late_count, name="late_count"),
    path("efterslapning/raknas/<int:pk>/", late_counting, name="late_counting"),
]
