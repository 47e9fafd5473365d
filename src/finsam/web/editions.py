"""Editions: which there are, one with who has done what, the report to be read, its files, and the way to a new one."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finsam.access import queries as access
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.background import actions as background_actions
from finsam.editions import actions as edition_actions
from finsam.editions import page_queries, run_queries
from finsam.editions import queries as edition_queries
from finsam.editions.consistency import language
from finsam.forms.fields import NumberField
from finsam.forms.page_form import PageForm
from finsam.publications.cell_text import small
from finsam.snapshots import queries as snapshot_queries
from finsam.web import reports
from finsam.web.forms import attempt, form_page, submit
from finsam.web.paging import page_of
from finsam.web.pieces import Crumb, Fact
from finsam.web.reports import FILES, ReportForm
from finsam.web.request import Request, needs
from finsam.web.snapshots import onward

MANIFEST: Final = "manifest"
ENDINGS: Final[Mapping[str, tuple[str, str]]] = {  # by the address: how the file's name ends, and what it is
    **{kind: (f".{kind}", content_type) for kind, (_file, content_type) in FILES.items()},
    "csv": ("-csv.zip", "application/zip"),
    MANIFEST: (".json", "application/json"),
}


class ArrangementForm(PageForm):
    """Which tables are left out or rounded, where a publication cannot be made safe otherwise."""

    without = forms.MultipleChoiceField(
        label=gettext_lazy("Utelämna tabeller"),
        help_text=gettext_lazy("De räknas, men står inte i utgåvan. Den säger att de är utelämnade."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    rounded = forms.MultipleChoiceField(
        label=gettext_lazy("Avrunda tabeller"),
        help_text=gettext_lazy("Alla antal i dem avrundas, i stället för att några döljs."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def offer(self, report: Any) -> None:
        """Offer the tables that the report counts."""
        counted = [one for one in report.tables.tables if not one.made_of]
        for name in ("without", "rounded", "corrects"):
            if name in self.fields:
                offered = (one for one in counted if name != "rounded" or one.can_be_rounded)
                self.fields[name].choices = [(one.name, str(one.caption)) for one in offered]  # type: ignore[attr-defined]


class EditionForm(ReportForm, ArrangementForm):
    """What a report is ordered with, and what the publication hides beside what the installation always hides."""

    threshold = NumberField(
        label=gettext_lazy("Dölj antal under"),
        help_text=gettext_lazy("Antal personer som är mindre visas inte. Installationens gräns kan bara höjas."),
        max_value=1000,
        required=False,
    )
    hide_zeros = forms.BooleanField(label=gettext_lazy("Dölj också nollor"), required=False)

    field_order = ("year", "language", "snapshot", "threshold", "hide_zeros", "without", "rounded")

    def __init__(self, *args: Any, report: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(report)
        own = settings.DISCLOSURE_RULE
        self.fields["threshold"].initial, self.fields["hide_zeros"].initial = own.threshold, not own.zeros_published


class CorrectionForm(ArrangementForm):
    """Why an edition is corrected, which tables were wrong, and the snapshot the correction is made from."""

    corrects = forms.MultipleChoiceField(
        label=gettext_lazy("Tabeller som var fel"),
        help_text=gettext_lazy("Bara de räknas om. Alla andra står som de trycktes."),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=gettext_lazy("Orsak"),
        max_length=500,
        help_text=gettext_lazy("Orsaken publiceras i rättelsen, med de siffror som ändras."),
        widget=forms.Textarea,
    )
    snapshot: Any = forms.ModelChoiceField(None, label=gettext_lazy("Ögonblicksbild"), to_field_name="identifier")

    field_order = ("reason", "corrects", "snapshot", "without", "rounded")

    def __init__(self, *args: Any, actor: Actor, report: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(report)
        self.fields["snapshot"].queryset = snapshot_queries.snapshots(actor=actor)  # type: ignore[attr-defined]


@require_safe
@needs(Permission.SEE_REPORTS)
def edition_list(request: Request) -> HttpResponse:
    """The editions there are, newest first."""
    actor, title = request.actor, edition_queries.title
    page = page_of(edition_queries.editions(actor=actor), request, by=("-compiled_at", "-pk"), size=25)
    listed, called = run_queries.reports(actor=actor), Called(actor)
    context = {
        "lines": [(one, title(actor=actor, edition=one), called(one), called(one.replaces)) for one in page.rows],
        "page": page,
        "reports": listed,
        "may_compile": request.actor.may(Permission.COMPILE_EDITION),
        "makes": request.actor.may(Permission.PRODUCE_REPORT),
        "crumbs": reports.crumbs(request.actor),
    }
    return render(request, "editions/list.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPILE_EDITION)
def edition_compile(request: Request, key: str) -> HttpResponse:
    """Ask for an edition to be compiled in the background."""
    actor = request.actor
    report = _report(actor, key)
    if not report.is_offered:
        raise Http404
    form = EditionForm(request.POST or None, actor=actor, report=report, initial={"language": language()})
    if form.is_valid() and form.choose(actor):
        run = submit(form, background_actions.request_edition, actor=actor, report=report)
        if run:
            return redirect("edition_progress", run.pk)
    return form_page(
        request,
        form,
        heading=_("Sammanställ utgåva"),
        lead=_("Siffrorna skyddas tillsammans med allt som redan är publicerat. Någon annan än du publicerar sedan."),
        button=_("Sammanställ utgåvan"),
        crumbs=crumbs(request.actor),
    )


@never_cache
@require_safe
@needs(Permission.COMPILE_EDITION)
def edition_progress(request: Request, pk: int) -> HttpResponse:
    """How far the compiling of an edition has come; htmx asks again until it is done."""
    run = edition_queries.compilation(actor=request.actor, pk=pk)
    if run.edition is not None:
        return onward(request, reverse("edition", args=[run.edition.identifier]))
    context = {"run": run, "name": str(_report(request.actor, run.report).name), "crumbs": crumbs(request.actor)}
    return render(request, "editions/progress_part.html" if request.htmx else "editions/progress.html", context)


@never_cache
@require_safe
@needs(Permission.SEE_REPORTS)
def edition(request: Request, identifier: str) -> HttpResponse:
    """One edition: where it is, who has done what, what does not hold together, what it changes, and its files."""
    actor, one, called = request.actor, found(request, identifier), Called(request.actor)
    context = {
        "edition": one,
        "address": identifier,
        "called": called(one),
        "replaced": called(one.replaces),
        "name": edition_queries.title(actor=actor, edition=one),
        "facts": _facts(actor, one),
        "reviews": actor.may(Permission.REVIEW_EDITION),
        "publishes": actor.may(Permission.PUBLISH_EDITION) and actor.user_id != one.compiled_by,
        "compiles": actor.may(Permission.COMPILE_EDITION),
        "works": run_queries.latest(actor=actor, edition=one) if actor.may(Permission.REVIEW_EDITION) else [],
        "crumbs": crumbs(request.actor),
        **_contents(actor, one),
    }
    return render(request, "editions/edition.html", context)


@require_safe
@needs(Permission.SEE_REPORTS)
def edition_report(request: Request, identifier: str) -> HttpResponse:
    """The report of an edition, each figure with the way to where it comes from."""
    one = found(request, identifier)
    try:
        parts = page_queries.page(
            actor=request.actor, edition=one, links=f"{reverse('edition', args=[identifier])}siffra/"
        )
    except ValidationError as damage:
        return back(request, identifier, damage)
    way = [*crumbs(request.actor), Crumb(_("Utgåvan"), reverse("edition", args=[identifier]))]
    context = {"edition": one, "address": identifier, "parts": parts, "crumbs": way}
    return render(request, "editions/report.html", context)


@require_POST
@needs(Permission.REVIEW_EDITION)
def edition_review(request: Request, identifier: str) -> HttpResponse:
    """Say that an edition has been reviewed."""
    one = found(request, identifier)
    done = _("Utgåvan är granskad. Någon annan än den som sammanställde kan publicera den.")
    attempt(request, edition_actions.review, done=done, actor=request.actor, edition=one)
    return redirect("edition", identifier)


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPILE_EDITION)
def edition_replace(request: Request, identifier: str) -> HttpResponse:
    """Ask for a correction of a published edition."""
    actor, one = request.actor, found(request, identifier)
    try:
        report = edition_queries.report(actor=actor, edition=one)
        initial = _as_published(actor, one)
    except ValidationError as damage:
        return back(request, identifier, damage)
    form = CorrectionForm(request.POST or None, actor=actor, report=report, initial=initial)
    if form.is_valid():
        facts = {"report": report, "year": one.year, "replaces": one}
        run = submit(form, background_actions.request_edition, actor=actor, **facts)
        if run:
            return redirect("edition_progress", run.pk)
    return form_page(
        request,
        form,
        heading=_("Rätta utgåva"),
        lead=_("En publicerad utgåva ändras aldrig. Rättelsen är en ny, som ersätter den när den publiceras."),
        button=_("Sammanställ rättelsen"),
        crumbs=[*crumbs(request.actor), Crumb(_("Utgåvan"), reverse("edition", args=[identifier]))],
    )


def _as_published(actor: Actor, one: Any) -> dict[str, Any]:
    """What a correction has as the edition has it, unless somebody says otherwise."""
    before = edition_queries.made_of(actor=actor, edition=one).arrangement
    return {"snapshot": one.snapshot.identifier, "without": before.without, "rounded": before.rounded}


@require_safe
@needs(Permission.SEE_REPORTS)
def edition_file(request: Request, identifier: str, kind: str) -> HttpResponse:
    """One of an edition's files; the PDF opens in the browser, the others are saved."""
    actor, one = request.actor, found(request, identifier)
    suffix, content_type = ENDINGS.get(kind, ("", ""))
    try:
        if kind == "csv":
            content = edition_queries.csv_archive(actor=actor, edition=one)
        elif kind == MANIFEST and actor.may(Permission.SEE_SNAPSHOTS):
            content = edition_queries.manifest(actor=actor, edition=one)
        elif kind in FILES:
            content = edition_queries.file(actor=actor, edition=one, name=FILES[kind][0])
        else:
            raise Http404
    except ValidationError as damage:
        return back(request, identifier, damage)
    way = "inline" if kind == "pdf" else "attachment"
    headers = {"Content-Disposition": f'{way}; filename="{Called(actor)(one)}{suffix}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


def back(request: Request, identifier: str, refusal: ValidationError) -> HttpResponse:
    """To the edition's own page, with why."""
    messages.error(request, " ".join(refusal.messages))
    return redirect("edition", identifier)


class Called:
    """What editions are called on pages: by number when they are out; a draft by its ID, which only analysts see."""

    def __init__(self, actor: Actor) -> None:
        self.numbers = edition_queries.numbers(actor=actor)

    def __call__(self, one: Any) -> str:
        """What an edition is called; '' of none."""
        return self.numbers.get(one.identifier, one.identifier) if one else ""


def _contents(actor: Actor, one: Any) -> dict[str, Any]:
    """What the page shows of what the edition holds; a damaged one says so and shows nothing more."""
    shown: dict[str, Any] = {"damage": "", "files": {}, "log": {}, "findings": [], "explained": [], "stops": False}
    shown |= {"differences": None, "changed": [], "made_of": actor.may(Permission.SEE_SNAPSHOTS)}
    try:
        shown["files"] = edition_queries.files(actor=actor, edition=one)
        if actor.may(Permission.REVIEW_EDITION):
            found = page_queries.checks(actor=actor, edition=one)
            shown |= {"log": found.log, "findings": found.findings, "explained": found.explained}
            shown["stops"] = any(stops for _row, _sentence, stops in found.findings)
            shown["differences"] = found if found.before else None
            shown["compared"] = Called(actor).numbers.get(found.before, found.before)
            shown["changed"] = found.changed
    except ValidationError as damage:
        shown["damage"] = " ".join(damage.messages)
    return shown


def _facts(actor: Actor, one: Any) -> list[Fact]:
    names = access.names(actor=actor, users=[one.compiled_by, one.reviewed_by, one.published_by])

    def who(user: int | None, at: Any) -> str:
        if at is None:
            return ""
        return f"{names.get(user or 0, _('driften'))}, {timezone.localtime(at):%Y-%m-%d %H:%M}"

    return [
        Fact(_("Uppgifter per"), one.snapshot.as_of.isoformat()),
        Fact(_("Sammanställd"), who(one.compiled_by, one.compiled_at)),
        Fact(_("Granskad"), who(one.reviewed_by, one.reviewed_at)),
        Fact(_("Publicerad"), who(one.published_by, one.published_at)),
        Fact(_("Regel"), _("%(small)s personer döljs") % {"small": small(one.rule)}),
        Fact(_("Programvara"), one.software),
        *(_made_of(one) if actor.may(Permission.SEE_SNAPSHOTS) else ()),
    ]


def _made_of(one: Any) -> list[Fact]:
    """What is made of every row of the snapshot, for those who see snapshots."""
    return [
        Fact(_("Ögonblicksbild"), one.snapshot.identifier),
        Fact(_("ID"), one.identifier),
        Fact(_("Kontrollsumma"), one.digest),
    ]


def found(request: Request, identifier: str) -> Any:
    """The edition at an address."""
    try:
        return edition_queries.edition(actor=request.actor, identifier=identifier)
    except ValidationError as refusal:
        raise Http404 from refusal


def _report(actor: Actor, key: str) -> Any:
    try:
        return run_queries.report(actor=actor, key=key)
    except ValidationError as refusal:
        raise Http404 from refusal


def crumbs(actor: Actor) -> list[Crumb]:
    """The way to a page below the list of editions, which is all the statistics there is for those who only read."""
    way = reports.crumbs(actor)
    return [*way, Crumb(_("Utgåvor") if way else _("Statistik"), reverse("editions"))]


urlpatterns = [
    path("utgavor/", edition_list, name="editions"),
    path("utgavor/ny/<slug:key>/", edition_compile, name="edition_compile"),
    path("utgavor/sammanstalls/<int:pk>/", edition_progress, name="edition_progress"),
    path("utgavor/<slug:identifier>/", edition, name="edition"),
    path("utgavor/<slug:identifier>/rapport/", edition_report, name="edition_report"),
    path("utgavor/<slug:identifier>/granska/", edition_review, name="edition_review"),
    path("utgavor/<slug:identifier>/ratta/", edition_replace, name="edition_replace"),
    path("utgavor/<slug:identifier>/filer/<slug:kind>/", edition_file, name="edition_file"),
]
