"""Open tables: which there are, one of them laid out as the reader chooses, and its files. Nothing is counted here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.forms.page_form import PageForm, place
from finsam.table_builder import actions, open_queries
from finsam.web.forms import attempt, submit
from finsam.web.pieces import Crumb, Fact, link
from finsam.web.request import Request, needs

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON: Final = "application/json; charset=utf-8"
FILES: Final[Mapping[str, str]] = {"csv": "text/csv; charset=utf-8", "json": JSON, "xlsx": XLSX}


class BookmarkForm(PageForm):
    """The name that a view of a table is kept under."""

    modelled = "table_builder.Bookmark"


class OpenForm(PageForm):
    """What stands as rows and columns of a table, and which part of it."""

    measure = forms.ChoiceField(label=gettext_lazy("Siffra"))
    place = forms.ChoiceField(label=gettext_lazy("Område"))
    year = forms.ChoiceField(label=gettext_lazy("År"))
    rows = forms.ChoiceField(label=gettext_lazy("Rader"))
    columns = forms.ChoiceField(label=gettext_lazy("Kolumner"))
    under = forms.ChoiceField(label=gettext_lazy("Under kolumnerna"))
    totals = forms.ChoiceField(label=gettext_lazy("Totalt"))

    def __init__(self, *args: Any, offers: Mapping[str, Any], typed: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="tabell-%s", **kwargs)
        self.typed = typed
        for name, choices in offers.items():
            field: Any = self.fields[name]
            field.choices = choices
        for name in [name for name in self.fields if not offers.get(name)]:
            del self.fields[name]
        if typed:
            words = {"list": "places", "placeholder": _("Hela landet"), "autocomplete": "off"}
            self.put("place", forms.CharField(label=_("Område"), required=False, widget=forms.TextInput(words)))


@require_safe
@needs(Permission.SEE_REPORTS)
def tables(request: Request) -> HttpResponse:
    """The open tables, those first that most ask for."""
    actor, language = request.actor, get_language() or "sv"
    edition = open_queries.collection(actor=actor, language=language)
    bookmarks = open_queries.bookmarks(actor=actor, edition=edition)
    marked = [(one, "" if one.refusal else _address(one.table, dict(parse_qsl(one.choice)))) for one in bookmarks]
    if edition is None:
        makes = actor.has(Permission.COMPILE_EDITION)
        return render(request, "tables/none.html", {"makes": makes, "marked": marked})
    asked = [(one.words, _address(one.name, one.choice)) for one in open_queries.ready_made(actor=actor)]
    context = {"asked": asked, "listed": open_queries.open_tables(actor=actor), "edition": edition, "marked": marked}
    return render(request, "tables/tables.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_REPORTS)
def table(request: Request, name: str) -> HttpResponse:
    """One table, as its address says; what is sent there is the name to keep that view under."""
    actor, language = request.actor, get_language() or "sv"
    crumbs = [Crumb(_("Tabeller"), reverse("tables"))]
    try:
        found = open_queries.open_table(actor=actor, name=name, language=language)
    except ValidationError as refusal:
        return render(request, "tables/gone.html", {"refusal": refusal.messages, "crumbs": crumbs}, status=404)
    context: dict[str, Any] = {"found": found, "crumbs": crumbs, "name": name}
    try:
        choice = open_queries.open_choice(actor=actor, table=found, data=request.GET)
    except ValidationError as refusal:
        how = _offers(actor, found, open_queries.begun(actor=actor, table=found))
        form = OpenForm({**how["initial"], **request.GET.dict()}, **how)
        form.is_valid()
        place(form, refusal)
        return render(
            request,
            "tables/table.html",
            {**context, "form": form, "fields": render_to_string("tables/choices.html", {"form": form})},
        )
    save = BookmarkForm(request.POST or None)
    kept: dict[str, Any] = {"actor": actor, "table": found, "data": request.GET.dict()}
    if save.is_valid() and submit(save, actions.save_bookmark, **kept):
        messages.success(request, _("Bokmärket är sparat. Det finns på sidan Tabeller."))
        return redirect(request.get_full_path())
    return render(request, "tables/table.html", {**context, **_shown(actor, found, choice), "save": save})


def _shown(actor: Actor, found: Any, choice: Any) -> dict[str, Any]:
    """What a page shows of a table, laid out as it was chosen."""
    name, address = found.declared.name, choice.address()
    made = open_queries.open_page(actor=actor, table=found, choice=choice, language=get_language() or "sv")
    return {
        "fields": _fields(actor, found, choice),
        "made": made,
        "switch": _switch(found, choice),
        "turned": _address(name, choice.turned().address()),
        "query": urlencode(address),
        "facts": _facts(found, name, address),
    }


@dataclass(frozen=True)
class Offered:
    """What can be chosen of a table, and what is; the same is drawn once, which is half of what a page costs."""

    offers: str
    make: Callable[[], OpenForm] = field(compare=False)


@lru_cache(maxsize=256)
def _drawn(offered: Offered) -> SafeString:
    return render_to_string("tables/choices.html", {"form": offered.make()})


def _fields(actor: Actor, found: Any, choice: Any) -> SafeString:
    """The choices of a table, as they were made."""
    how = _offers(actor, found, choice)
    return _drawn(Offered(repr((get_language(), how)), lambda: OpenForm(**how)))


def _offers(actor: Actor, found: Any, choice: Any) -> dict[str, Any]:
    """What a form offers, and begins with; a place that is typed stands in words."""
    typed = open_queries.typed_places(actor=actor, table=found)
    begun = choice.address()
    if typed:
        begun["place"] = typed.get(begun.get("place", ""), "")
    offers = open_queries.offers(actor=actor, table=found, choice=choice)
    return {"initial": begun, "offers": offers, "typed": typed}


@require_POST
@needs(Permission.SEE_REPORTS)
def bookmark_discard(request: Request, pk: int) -> HttpResponse:
    """Take away a bookmark."""
    attempt(request, actions.discard_bookmark, done=_("Bokmärket är borttaget."), actor=request.actor, pk=pk)
    return redirect("tables")


@require_safe
@needs(Permission.SEE_REPORTS)
def table_file(request: Request, name: str, kind: str) -> HttpResponse:
    """A table as a file: the whole of it as CSV and JSON-stat, as Excel also as it is shown."""
    actor, language = request.actor, get_language() or "sv"
    if kind not in FILES:
        raise Http404
    try:
        found = open_queries.open_table(actor=actor, name=name, language=language)
        choice = open_queries.open_choice(actor=actor, table=found, data=request.GET)
    except ValidationError as refusal:
        raise Http404(" ".join(refusal.messages)) from refusal
    content = open_queries.open_file(actor=actor, table=found, choice=choice, kind=kind, language=language)
    headers = {"Content-Disposition": f'attachment; filename="{name}-{found.number}.{kind}"'}
    return HttpResponse(content, content_type=FILES[kind], headers=headers)


def _address(name: str, choice: Mapping[str, str]) -> str:
    query = urlencode({key: value for key, value in choice.items() if value})
    return f"{reverse('table', args=[name])}{'?' if query else ''}{query}"


def _switch(found: Any, choice: Any) -> Sequence[tuple[str, str, bool]]:
    """How the table can be shown: the words, the address, and whether it is shown so."""
    ways = open_queries.ways(table=found, choice=choice)
    address = choice.address()
    return [
        (words, _address(found.declared.name, {**address, "show": show}), show == choice.show) for show, words in ways
    ]


def _facts(found: Any, name: str, choice: Mapping[str, str]) -> list[Fact]:
    """Where the figures come from."""
    address = _address(name, choice)
    return [
        Fact(_("Källa"), _("Öppna tabeller, utgåva %(number)s") % {"number": found.number}),
        Fact(_("Publicerad"), timezone.localdate(found.edition.published_at)),
        Fact(_("Uppgifter per"), found.edition.snapshot.as_of),
        Fact(_("Vad som räknas"), str(found.declared.counts)),
        Fact(_("Länk"), link(address, address)),
    ]


urlpatterns = [
    path("tabeller/", tables, name="tables"),
    path("tabeller/<slug:name>/", table, name="table"),
    path("tabeller/bokmarken/<int:pk>/ta-bort/", bookmark_discard, name="bookmark_discard"),
    path("tabeller/<slug:name>/filer/<slug:kind>/", table_file, name="table_file"),
]
