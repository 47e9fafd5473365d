"""Reports: which there are, ordering one, following it until it is done, reading it, and its files."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.background import actions
from finsam.editions import run_queries
from finsam.forms.page_form import PageForm, place
from finsam.snapshots import queries
from finsam.web.forms import form_page, submit
from finsam.web.paging import page_of
from finsam.web.pieces import Crumb
from finsam.web.request import Request, needs
from finsam.web.snapshots import facts

FILES: Final[Mapping[str, tuple[str, str]]] = {  # the address, the file, and what it is
    "pdf": ("report.pdf", "application/pdf"),
    "xlsx": ("report.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "html": ("report.html", "text/html; charset=utf-8"),
}
NEWEST = gettext_lazy("Den första från 31 januari året efter")


class ReportForm(PageForm):
    """The year of a report, its language and the snapshot it is made from."""

    year = forms.TypedChoiceField(label=gettext_lazy("År"), coerce=int)
    language = forms.ChoiceField(label=gettext_lazy("Språk"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    snapshot: Any = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Ögonblicksbild"),
        required=False,
        to_field_name="identifier",
        help_text=gettext_lazy("Lämna valet tomt för att få den första som är tagen från 31 januari året efter."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year: Any = self.fields["year"]
        year.choices = [(one, str(one)) for one in run_queries.report_years(actor=actor)]
        snapshot: Any = self.fields["snapshot"]
        snapshot.queryset = queries.snapshots(actor=actor)
        snapshot.empty_label = str(NEWEST)

    def choose(self, actor: Actor) -> bool:
        """Put the year's own snapshot where none was chosen; False when there is none."""
        try:
            chosen = self.cleaned_data["snapshot"] or queries.snapshot_for(actor=actor, year=self.cleaned_data["year"])
        except ValidationError as refusal:
            place(self, ValidationError({"snapshot": refusal.messages}))
            return False
        self.cleaned_data["snapshot"] = chosen
        return True


@require_safe
@needs(Permission.PRODUCE_REPORT)
def reports(request: Request) -> HttpResponse:
    """The reports there are, and every production of one, newest first; working papers of those who make them."""
    page = page_of(run_queries.runs(actor=request.actor), request, by=("-requested_at", "-pk"), size=25)
    listed = run_queries.reports(actor=request.actor)
    names = {one.key: str(one.name) for one in listed}
    context = {
        "reports": listed,
        "lines": [(run, names.get(run.report, run.report)) for run in page.rows],
        "page": page,
    }
    return render(request, "reports/list.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.PRODUCE_REPORT)
def report_order(request: Request, key: str) -> HttpResponse:
    """Ask for a report to be produced in the background."""
    actor = request.actor
    report = _report(actor, key)
    form = ReportForm(request.POST or None, actor=actor, initial={"language": get_language()})
    if form.is_valid() and form.choose(actor):
        run = submit(form, actions.request_report, actor=actor, report=report)
        if run:
            return redirect("report", run.pk)
    return form_page(
        request,
        form,
        heading=_("Ta fram rapport"),
        lead=str(report.name),
        button=_("Ta fram rapporten"),
        crumbs=crumbs(request.actor),
    )


@never_cache
@require_safe
@needs(Permission.PRODUCE_REPORT)
def report(request: Request, pk: int) -> HttpResponse:
    """A report to read when it is done; until then how far it has come, which htmx asks again."""
    run = run_queries.run(actor=request.actor, pk=pk)
    if run.state == "done":
        if request.htmx:
            return HttpResponse(headers={"HX-Redirect": reverse("report", args=[pk])})
        parts = run_queries.page(actor=request.actor, run=run)
        context = {"run": run, "parts": parts, "crumbs": crumbs(request.actor)}
        return render(request, "reports/report.html", context)
    context = {
        "run": run,
        "name": str(_report(request.actor, run.report).name),
        "crumbs": crumbs(request.actor),
    }
    return render(request, "reports/progress_part.html" if request.htmx else "reports/progress.html", context)


@require_safe
@needs(Permission.PRODUCE_REPORT)
def report_source(request: Request, pk: int) -> HttpResponse:
    """Where a report's figures come from: the snapshot, what is hidden, and what its files are."""
    run = _done(request, pk)
    context = {
        "run": run,
        "parts": run_queries.page(actor=request.actor, run=run),
        "facts": facts(run.snapshot),
        "files": run_queries.files(actor=request.actor, run=run),
        "may_see": request.actor.may(Permission.SEE_SNAPSHOTS),
        "crumbs": [*crumbs(request.actor), Crumb(_("Rapporten"), reverse("report", args=[pk]))],
    }
    return render(request, "reports/source.html", context)


@require_safe
@needs(Permission.PRODUCE_REPORT)
def report_file(request: Request, pk: int, kind: str) -> HttpResponse:
    """One of a report's files; the PDF opens in the browser, the others are saved."""
    run = _done(request, pk)
    language = "" if run.language == "sv" else f"-{run.language}"
    name = f"{run.report}-{run.year}-{run.snapshot.identifier}{language}"
    if kind == "csv":
        content, content_type = run_queries.csv_archive(actor=request.actor, run=run), "application/zip"
        name = f"{name}-csv.zip"
    elif kind in FILES:
        file, content_type = FILES[kind]
        content, name = run_queries.file(actor=request.actor, run=run, name=file), f"{name}.{kind}"
    else:
        raise Http404
    way = "inline" if kind == "pdf" else "attachment"
    headers = {"Content-Disposition": f'{way}; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _report(actor: Actor, key: str) -> Any:
    try:
        return run_queries.report(actor=actor, key=key)
    except ValidationError as refusal:
        raise Http404 from refusal


def _done(request: Request, pk: int) -> Any:
    run = run_queries.run(actor=request.actor, pk=pk)
    if run.state != "done":
        raise Http404
    return run


def crumbs(actor: Actor) -> list[Crumb]:
    """The way to a page about reports: past the working ones for those who make them."""
    return [Crumb(_("Rapporter"), reverse("reports"))] if actor.may(Permission.PRODUCE_REPORT) else []


urlpatterns = [
    path("rapporter/", reports, name="reports"),
    path("rapporter/<slug:key>/ny/", report_order, name="report_order"),
    path("rapporter/<int:pk>/", report, name="report"),
    path("rapporter/<int:pk>/kalla/", report_source, name="report_source"),
    path("rapporter/<int:pk>/filer/<slug:kind>/", report_file, name="report_file"),
]
