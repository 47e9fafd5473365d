"""Free questions: any figure of any snapshot, exact, for those who answer for the statistics; and editions of them."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from finsam.access import queries as access
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.background import actions as background_actions
from finsam.forms.page_form import PageForm, place
from finsam.table_builder import free_queries
from finsam.web.forms import form_page, submit
from finsam.web.paging import page_of
from finsam.web.pieces import Crumb
from finsam.web.request import Request, needs
from finsam.web.snapshots import onward

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NOTHING: Final = ("", gettext_lazy("Allt"))
SHOWN: Final = 50  # of one's own questions


class FreeQuestionForm(PageForm):
    """A question: of which snapshot and part of the country, which figure, split by what, which part, which periods."""

    figure = forms.ChoiceField(label=gettext_lazy("Siffra"))
    place = forms.ChoiceField(label=gettext_lazy("Område"), required=False)
    first = forms.ChoiceField(label=gettext_lazy("Från och med"))
    last = forms.ChoiceField(label=gettext_lazy("Till och med"))
    part = forms.ChoiceField(label=gettext_lazy("Visa bara"), required=False)
    part_too = forms.ChoiceField(label=gettext_lazy("Och bara"), required=False)
    by = forms.MultipleChoiceField(
        label=gettext_lazy("Dela upp efter"), required=False, widget=forms.CheckboxSelectMultiple
    )
    snapshot: Any = forms.ModelChoiceField(
        None, label=gettext_lazy("Ögonblicksbild"), to_field_name="identifier", empty_label=None
    )

    def __init__(self, *args: Any, actor: Actor, newest: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="fraga-%s", **kwargs)
        self.actor = actor
        self.question: Any = None
        offers = free_queries.free_choices(actor=actor, snapshot=newest)
        parts = [NOTHING, *offers.parts]
        choices = {"figure": offers.figures, "by": offers.splits, "part": parts, "part_too": parts}
        choices |= {"first": offers.periods, "last": offers.periods, "place": free_queries.free_places(actor=actor)}
        for name, found in choices.items():
            field: Any = self.fields[name]
            field.choices = found
        snapshots: Any = self.fields["snapshot"]
        snapshots.queryset = free_queries.free_snapshots(actor=actor)

    def clean(self) -> dict[str, Any]:
        """The whole question; what it can't be is said at its field."""
        found = super().clean() or self.cleaned_data
        if not self.errors:
            self.question = self._question(found)
        return found

    def _question(self, found: dict[str, Any]) -> Any:
        parts = [one.split(":", 1) for one in (found["part"], found["part_too"]) if one]
        where = dict(parts) | ({"association": found["place"]} if found["place"] else {})
        asked = {"figure": found["figure"], "by": found["by"], "first": found["first"], "last": found["last"]}
        try:
            return free_queries.new_free_question(actor=self.actor, where=where, **asked)
        except ValidationError as refusal:
            place(self, refusal)
        return None


class SpecialForm(PageForm):
    """What a special edition is called, why it is made, and for whom; all of it stands in the edition."""

    title = forms.CharField(label=gettext_lazy("Titel"), max_length=200)
    purpose = forms.CharField(
        label=gettext_lazy("Varför"),
        max_length=500,
        help_text=gettext_lazy("Står i utgåvan, som alla får läsa."),
        widget=forms.Textarea,
    )
    recipient = forms.CharField(
        label=gettext_lazy("För vem"),
        max_length=200,
        help_text=gettext_lazy("En organisation eller en grupp, inte en persons namn. Står i utgåvan."),
    )


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.COUNT_FREELY)
def free_questions(request: Request) -> HttpResponse:
    """The question form, and what one has asked; asking leaves a row."""
    actor = request.actor
    newest = free_queries.free_snapshot(actor=actor)
    if newest is None:
        return render(request, "free/none.html")
    form = FreeQuestionForm(request.POST or None, actor=actor, newest=newest, initial=_begin(newest))
    if form.is_valid() and form.question and (row := _ask(form)):
        return redirect("free_question", row.pk)
    rows = free_queries.free_questions(actor=actor)[:SHOWN]
    return render(request, "free/questions.html", {"form": form, "rows": rows})


def _begin(newest: Any) -> dict[str, Any]:
    last = newest.as_of.year - 1
    return {"figure": "persons_new", "first": str(last - 4), "last": str(last), "snapshot": newest.identifier}


def _ask(form: FreeQuestionForm) -> Any:
    about = {"actor": form.actor, "question": form.question, "snapshot": form.cleaned_data["snapshot"]}
    try:
        return background_actions.request_free_answer(**about)
    except ValidationError as refusal:
        place(form, refusal)
    return None


@never_cache
@require_safe
@needs(Permission.COUNT_FREELY)
def free_question(request: Request, pk: int) -> HttpResponse:
    """The exact answer, and what would be hidden; htmx asks again until that is worked out."""
    actor = request.actor
    row = free_queries.free_question(actor=actor, pk=pk)
    if request.htmx:
        done = onward(request, reverse("free_question", args=[pk]))
        return render(request, "free/waiting.html", {"row": row}) if row.is_waiting else done
    context: dict[str, Any] = {"row": row, "page": None, "damage": "", "crumbs": _crumbs()}
    try:
        context["page"] = free_queries.free_page(actor=actor, row=row)
    except ValidationError as damage:
        context["damage"] = " ".join(damage.messages)
    return render(request, "free/answer.html", context)


@never_cache
@require_safe
@needs(Permission.COUNT_FREELY)
def free_file(request: Request, pk: int, kind: str) -> HttpResponse:
    """The exact answer as Excel or CSV."""
    row = free_queries.free_question(actor=request.actor, pk=pk)
    try:
        content = free_queries.free_file(actor=request.actor, row=row, kind=kind)
    except ValidationError as damage:
        raise Http404 from damage
    headers = {"Content-Disposition": f'attachment; filename="{_("far-inte-lamnas-ut")}-{pk}.{kind}"'}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)


@require_http_methods(["GET", "POST"])
@needs(Permission.COUNT_FREELY)
def free_special(request: Request, pk: int) -> HttpResponse:
    """Ask for a special edition to be made of the question."""
    row = free_queries.free_question(actor=request.actor, pk=pk)
    form = SpecialForm(request.POST or None, initial={"title": row.title})
    if form.is_valid() and (run := submit(form, background_actions.request_special, actor=request.actor, row=row)):
        return redirect("edition_progress", run.pk)
    return form_page(
        request,
        form,
        heading=_("Gör en särskild utgåva"),
        lead=_("Tabellen skyddas tillsammans med allt som är publicerat. Någon annan än du publicerar den sedan."),
        button=_("Sammanställ utgåvan"),
        crumbs=[*_crumbs(), Crumb(_("Svaret"), reverse("free_question", args=[pk]))],
    )


@never_cache
@require_safe
@needs(Permission.SEE_EVENTS)
def free_asked(request: Request) -> HttpResponse:
    """Who has counted what freely, of which snapshot, and when."""
    actor = request.actor
    page = page_of(free_queries.all_free_questions(actor=actor), request, by=("-asked_at", "-pk"))
    names = access.names(actor=actor, users={row.user_id for row in page.rows})
    lines = [(row, names.get(row.user_id, "")) for row in page.rows]
    context = {"lines": lines, "page": page, "crumbs": [Crumb(_("Händelser"), reverse("events"))]}
    return render(request, "free/asked.html", context)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Fria frågor"), reverse("free_questions"))]


urlpatterns = [
    path("fria-fragor/", free_questions, name="free_questions"),
    path("fria-fragor/stallda/", free_asked, name="free_asked"),
    path("fria-fragor/<int:pk>/", free_question, name="free_question"),
    path("fria-fragor/<int:pk>/filer/<slug:kind>/", free_file, name="free_file"),
    path("fria-fragor/<int:pk>/utgava/", free_special, name="free_special"),
]
