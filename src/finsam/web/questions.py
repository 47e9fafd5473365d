"""The table builder: choose a figure, what it is split by and its periods; see, save and download the table."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.background import actions as background_actions
from finsam.background import queries as background_queries
from finsam.forms.page_form import PageForm, place
from finsam.publications.formats.csv import csv_bytes
from finsam.publications.formats.html import blocks_html
from finsam.publications.formats.xlsx import xlsx_bytes
from finsam.table_builder import actions as question_actions
from finsam.table_builder import queries as question_queries
from finsam.table_builder import rules
from finsam.web.forms import submit
from finsam.web.pieces import Crumb
from finsam.web.request import Request, needs
from finsam.web.snapshots import onward

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTHING: Final = ("", gettext_lazy("Allt"))


class QuestionForm(PageForm):
    """A question: of which snapshot and part of the country, which figure, split by what, which part, which periods."""

    figure = forms.ChoiceField(label=gettext_lazy("Siffra"))
    by = forms.MultipleChoiceField(
        label=gettext_lazy("Dela upp efter"), required=False, widget=forms.CheckboxSelectMultiple
    )
    part = forms.ChoiceField(label=gettext_lazy("Visa bara"), required=False)
    part_too = forms.ChoiceField(label=gettext_lazy("Och bara"), required=False)
    first = forms.ChoiceField(label=gettext_lazy("Från och med"))
    last = forms.ChoiceField(label=gettext_lazy("Till och med"))
    place = forms.ChoiceField(label=gettext_lazy("Område"), required=False)
    snapshot: Any = forms.ModelChoiceField(
        None, label=gettext_lazy("Ögonblicksbild"), to_field_name="identifier", empty_label=None
    )

    def __init__(self, *args: Any, actor: Actor, snapshot: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="fraga-%s", **kwargs)
        self.actor = actor
        self.question: Any = None
        offers = question_queries.question_choices(actor=actor, snapshot=snapshot)
        parts = [NOTHING, *offers.parts]
        choices = {"figure": offers.figures, "by": offers.splits, "part": parts, "part_too": parts}
        choices |= {"first": offers.periods, "last": offers.periods}
        choices |= {"place": question_queries.question_places(actor=actor)}
        for name, found in choices.items():
            field: Any = self.fields[name]
            field.choices = found
        snapshots: Any = self.fields["snapshot"]
        snapshots.queryset = question_queries.question_snapshots(actor=actor)

    def clean(self) -> dict[str, Any]:
        """The whole question; what it can't be is said at its field."""
        found = super().clean() or self.cleaned_data
        if not self.errors:
            self.question = self._question(found)
        return found

    def _question(self, found: dict[str, Any]) -> Any:
        parts = [one.split(":", 1) for one in (found["part"], found["part_too"]) if one]
        where = dict(parts) | ({"association": found["place"]} if found["place"] else {})
        periods = {"first": found["first"], "last": found["last"]}
        try:
            return question_queries.new_question(
                actor=self.actor, figure=found["figure"], by=found["by"], where=where, **periods
            )
        except ValidationError as refusal:
            place(self, refusal)
        return None


class SaveForm(PageForm):
    """The name a question is kept under."""

    modelled = "table_builder.SavedQuestion"


@require_http_methods(["GET", "POST"])
@needs(Permission.ASK_TABLES)
def questions(request: Request) -> HttpResponse:
    """A question in the address; its size, and its table when it has been asked for."""
    actor = request.actor
    newest = question_queries.question_snapshot(actor=actor)
    if newest is None:
        return render(request, "questions/none.html")
    form = _form(request, newest)
    context: dict[str, Any] = {"form": form, **_answer_or_size(actor, form)}
    if request.htmx and request.htmx.target == "storlek":
        return render(request, "questions/size.html", context)
    wanted = request.method == "POST" and form.question and not form.errors
    if wanted and (onwards := _ask(request, form, context.get("together", 0))):
        return redirect(onwards)
    if row := context.get("row"):
        context |= _answer_page(actor, row)
    context["saved"] = [(one, _address(actor, one)) for one in question_queries.saved_questions(actor=actor)]
    context["had"] = [(one, _address(actor, one)) for one in question_queries.answers(actor=actor)[:50]]
    return render(request, "questions/questions.html", context)


def _form(request: Request, newest: Any) -> QuestionForm:
    """The form of the address; with nothing in it, a question that most begin with."""
    actor = request.actor
    data = request.GET.copy()
    if not data.get("snapshot"):
        data["snapshot"] = newest.identifier
    if "figure" in data:
        return QuestionForm(data, actor=actor, snapshot=newest)
    return QuestionForm(actor=actor, snapshot=newest, initial=_begin(newest))


def _begin(newest: Any) -> dict[str, Any]:
    last = newest.as_of.year - 1
    return {"figure": "persons_new", "by": ["sex"], "first": str(last - 4), "last": str(last), "snapshot": newest}


def _answer_or_size(actor: Actor, form: QuestionForm) -> dict[str, Any]:
    """The answer that the question has had, else how many cells it would have."""
    if not form.is_bound or not form.is_valid() or form.question is None:
        return {}
    about = {"actor": actor, "question": form.question, "snapshot": form.cleaned_data["snapshot"]}
    if row := question_queries.answer_to(**about):
        return {"row": row}
    try:
        cells, together = question_queries.question_size(**about)
    except ValidationError as refusal:
        place(form, refusal)
        return {}
    return {"cells": cells, "together": together}


def _ask(request: Request, form: QuestionForm, together: int) -> str:
    """Ask the form's question, a large table in the background; gives where to go on, or nothing when it is refused."""
    about = {"actor": request.actor, "question": form.question, "snapshot": form.cleaned_data["snapshot"]}
    try:
        if together > rules.AT_ONCE:
            return reverse("question_waiting", args=[background_actions.request_answer(**about)])
        question_actions.ask(**about)
    except ValidationError as refusal:
        place(form, refusal)
        return ""
    return f"{reverse('questions')}?{request.GET.urlencode()}#svar"


@never_cache
@require_safe
@needs(Permission.ASK_TABLES)
def question_waiting(request: Request, task: Any) -> HttpResponse:
    """How far the counting of a large table has come; htmx asks again until it is done."""
    found = background_queries.answer_progress(actor=request.actor, task_id=str(task))
    if found.answer:
        return onward(
            request, f"{_address(request.actor, question_queries.answer(actor=request.actor, pk=found.answer))}#svar"
        )
    template = "questions/waiting_part.html" if request.htmx else "questions/waiting.html"
    seconds = int((timezone.now() - found.begun_at).total_seconds()) if found.begun_at else None
    crumbs = [Crumb(_("Egna frågor"), reverse("questions"))]
    return render(request, template, {"found": found, "seconds": seconds, "task": task, "crumbs": crumbs})


def _answer_page(actor: Actor, row: Any) -> dict[str, Any]:
    found = question_queries.answer_publication(actor=actor, row=row, language=get_language() or "sv")
    newer = question_queries.question_snapshot(actor=actor)
    return {
        "answer": found,
        "blocks": blocks_html(found, f"{reverse('questions')}{row.pk}/siffra/"),
        "save": SaveForm(),
        "newer": newer != row.snapshot and newer,
    }


def _address(actor: Actor, row: Any) -> str:
    """The address of a question; of a saved one without its snapshot, so that the newest is asked."""
    return f"{reverse('questions')}?{question_queries.question_address(actor=actor, row=row)}"


@require_POST
@needs(Permission.ASK_TABLES)
def question_save(request: Request, pk: int) -> HttpResponse:
    """Keep the question of an answer under a name."""
    row = question_queries.answer(actor=request.actor, pk=pk)
    form = SaveForm(request.POST)
    question = question_queries.question_of(actor=request.actor, row=row)
    if form.is_valid() and submit(form, question_actions.save_question, actor=request.actor, question=question):
        messages.success(request, _("Frågan är sparad. Den ställs till den nyaste ögonblicksbilden när du öppnar den."))
    else:
        messages.error(request, "\n".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect(f"{_address(request.actor, row)}#spara")


@require_POST
@needs(Permission.ASK_TABLES)
def question_discard(request: Request, pk: int) -> HttpResponse:
    """Take away a saved question."""
    question_actions.discard_question(actor=request.actor, pk=pk)
    messages.success(request, _("Den sparade frågan är borttagen."))
    return redirect("questions")


@require_safe
@needs(Permission.ASK_TABLES)
def question_file(request: Request, pk: int, kind: str) -> HttpResponse:
    """An answer as Excel or CSV."""
    row = question_queries.answer(actor=request.actor, pk=pk)
    found = question_queries.answer_publication(actor=request.actor, row=row, language=get_language() or "sv")
    if kind == "csv":
        content, content_type = csv_bytes(found.tables[0].table), "text/csv; charset=utf-8"
    elif kind == "xlsx":
        content, content_type = xlsx_bytes(found), XLSX
    else:
        raise Http404
    name = f"{_('tabell')}-{row.snapshot.identifier}-{row.number}.{kind}"
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


urlpatterns = [
    path("fragor/", questions, name="questions"),
    path("fragor/vantar/<uuid:task>/", question_waiting, name="question_waiting"),
    path("fragor/<int:pk>/spara/", question_save, name="question_save"),
    path("fragor/<int:pk>/ta-bort/", question_discard, name="question_discard"),
    path("fragor/<int:pk>/filer/<slug:kind>/", question_file, name="question_file"),
]
