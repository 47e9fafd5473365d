"""Where a figure of an edition comes from, how other editions show it, and how it compares with others'."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.editions import actions, page_queries
from finsam.editions import queries as edition_queries
from finsam.editions.consistency import language
from finsam.forms.page_form import PageForm
from finsam.publications.cell_text import legend, small, spoken, written
from finsam.values.numbers import pasted
from finsam.web.editions import Called, back, crumbs
from finsam.web.forms import submit
from finsam.web.panels import panels
from finsam.web.pieces import Crumb, Fact
from finsam.web.request import Request, needs


class FigureField(forms.DecimalField):
    """A figure as people write it: 1 072 or 0,5."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The number that was written."""
        plain = pasted(str(value or "")).replace(" ", "").replace(",", ".")
        return super().to_python(plain)


class CompareForm(PageForm):
    """A figure that somebody else has published for a cell."""

    figure = forms.ChoiceField(label=gettext_lazy("Mått"))
    number = FigureField(
        label=gettext_lazy("Deras siffra"),
        max_digits=12,
        decimal_places=1,
        help_text=gettext_lazy("Som den är publicerad, till exempel 1 072 eller 0,5."),
    )
    source = forms.CharField(label=gettext_lazy("Källa"), max_length=300)


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_REPORTS)
def edition_figure(request: Request, identifier: str, table: str, key: str) -> HttpResponse:
    """One row of an edition: its figures, what they count, and where they come from."""
    actor, one = request.actor, _found(request, identifier)
    try:
        row = page_queries.figure(actor=actor, edition=one, table=table, key=key)
    except ValidationError as damage:
        return back(request, identifier, damage)
    form = _form(request, row)
    if form and form.is_valid():
        where = {"edition": one, "table": table, "key": key}
        if submit(form, actions.compare, actor=actor, **where):
            return redirect("edition", identifier)
    context = _context(request, one, row, (identifier, table, key))
    return render(request, "editions/figure.html", context | {"form": form})


def _form(request: Request, row: Any) -> CompareForm | None:
    if not request.actor.may(Permission.REVIEW_EDITION):
        return None
    form = CompareForm(request.POST or None)
    field: Any = form.fields["figure"]
    field.choices = [(cell.at.figure, words) for words, cell in row.figures if cell.at]
    return form


def _context(request: Request, one: Any, row: Any, at: tuple[str, str, str]) -> dict[str, Any]:
    actor, (identifier, table, key), called = request.actor, at, Called(request.actor)
    return {
        "address": identifier,
        "row": row,
        "title": ", ".join(word for _dimension, word in row.place),
        "figures": _figures(row),
        "legend": legend(cell for _words, cell in row.figures),
        "facts": [
            Fact(_("Utgåva"), called(one)),
            *_facts(actor, one.snapshot, row),
            Fact(_("Programvara"), one.software),
        ],
        "elsewhere": [
            (called(other), _figures(same))
            for other, same in page_queries.elsewhere(actor=actor, edition=one, table=table, key=key)
        ],
        "panels": panels(actor, "figure", "panel", args=at) if row.behind else [],
        "crumbs": [
            *crumbs(actor),
            Crumb(_("Utgåvan"), reverse("edition", args=[identifier])),
            Crumb(_("Rapporten"), reverse("edition_report", args=[identifier])),
        ],
    }


def _figures(row: Any) -> list[tuple[str, str, str]]:
    """Each figure's words, how it is written, and what is said instead of a mark."""
    return [(words, written(cell, language()), spoken(cell)) for words, cell in row.figures]


def _facts(actor: Actor, snapshot: Any, row: Any) -> list[Fact]:
    """Where a row is from; the snapshot's ID is made of every row in it, and is for those who see snapshots."""
    named = [Fact(_("Ögonblicksbild"), snapshot.identifier)] if actor.may(Permission.SEE_SNAPSHOTS) else []
    return [
        Fact(_("Räknas i"), [str(table) for table in row.tables]),
        *named,
        Fact(_("Uppgifter per"), snapshot.as_of.isoformat()),
        Fact(_("Regel"), _("%(small)s personer döljs") % {"small": small(row.rule)}),
    ]


def _found(request: Request, identifier: str) -> Any:
    try:
        return edition_queries.edition(actor=request.actor, identifier=identifier)
    except ValidationError as refusal:
        raise Http404 from refusal


urlpatterns = [
    path("utgavor/<slug:identifier>/siffra/<slug:table>/<path:key>/", edition_figure, name="edition_figure"),
]
