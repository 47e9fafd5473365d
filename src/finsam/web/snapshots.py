"""Snapshots: which there are, taking one in the background, and checking that one is what it was."""

from typing import Any

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

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.background import actions as background_actions
from finsam.background import queries as background_queries
from finsam.editions import run_queries
from finsam.forms.fields import DayField
from finsam.forms.page_form import PageForm
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots import queries as snapshot_queries
from finsam.web.forms import form_page, submit
from finsam.web.paging import page_of
from finsam.web.pieces import Crumb, Fact
from finsam.web.request import Request, needs
from finsam.web.templatetags.formats import day, number


class TakeForm(PageForm):
    """The day a snapshot is of."""

    as_of = DayField(
        label=gettext_lazy("Per dag"),
        help_text=gettext_lazy("Det som var registrerat när den dagen var slut kommer med, inget som ändrats senare."),
    )


@require_safe
@needs(Permission.SEE_SNAPSHOTS)
def snapshots(request: Request) -> HttpResponse:
    """Every snapshot, newest day first."""
    page = page_of(snapshot_queries.snapshots(actor=request.actor), request, by=("-as_of", "-pk"))
    may_take, makes = map(request.actor.may, (Permission.TAKE_SNAPSHOT, Permission.PRODUCE_REPORT))
    return render(request, "snapshots/list.html", {"page": page, "may_take": may_take, "makes": makes})


@require_http_methods(["GET", "POST"])
@needs(Permission.TAKE_SNAPSHOT)
def snapshot_take(request: Request) -> HttpResponse:
    """Ask for a snapshot of a day."""
    form = TakeForm(request.POST or None, initial={"as_of": request.actor.today})
    if form.is_valid() and (task_id := submit(form, background_actions.request_snapshot, actor=request.actor)):
        return redirect("snapshot_taking", task_id)
    return form_page(
        request,
        form,
        heading=_("Ta ögonblicksbild"),
        lead=_(
            "Uppgifterna fryses så att rapporter kan göras om med samma siffror. Ögonblicksbilden är personuppgifter."
        ),
        button=_("Ta ögonblicksbilden"),
        crumbs=_crumbs(),
    )


@never_cache
@require_safe
@needs(Permission.TAKE_SNAPSHOT)
def snapshot_taking(request: Request, task: Any) -> HttpResponse:
    """How far a snapshot has come; htmx asks again until it is done."""
    taking = background_queries.snapshot_progress(actor=request.actor, task_id=str(task))
    if taking.identifier:
        return onward(request, reverse("snapshot", args=[taking.identifier]))
    template = "snapshots/taking_part.html" if request.htmx else "snapshots/taking.html"
    seconds = int((timezone.now() - taking.begun_at).total_seconds()) if taking.begun_at else None
    return render(request, template, {"taking": taking, "seconds": seconds, "task": task, "crumbs": _crumbs()})


@require_safe
@needs(Permission.SEE_SNAPSHOTS)
def snapshot(request: Request, identifier: str) -> HttpResponse:
    """One snapshot: what is known of it, and for those who make reports the ones made from it."""
    one = _found(request, identifier)
    names = {report.key: str(report.name) for report in run_queries.reports(actor=request.actor)}
    makes = request.actor.may(Permission.PRODUCE_REPORT)
    made = run_queries.runs(actor=request.actor).filter(snapshot=one, state="done")[:20] if makes else []
    runs = [(run, names.get(run.report, run.report)) for run in made]
    context = {"snapshot": one, "facts": facts(one), "makes": makes, "runs": runs, "crumbs": _crumbs()}
    return render(request, "snapshots/snapshot.html", context)


@require_POST
@needs(Permission.SEE_SNAPSHOTS)
def snapshot_verify(request: Request, identifier: str) -> HttpResponse:
    """Compare every byte of a snapshot with what was taken."""
    one = _found(request, identifier)
    faults = _faults(request.actor, one)
    if faults:
        listed = ", ".join(faults)
        messages.error(
            request,
            _("Ögonblicksbilden är inte hel: %(faults)s. Läs tillbaka den från en säkerhetskopia.")
            % {"faults": listed},
        )
    else:
        messages.success(request, _("Ögonblicksbilden är hel. Varje byte är som när den togs."))
    return redirect("snapshot", identifier)


def onward(request: Request, url: str) -> HttpResponse:
    """Lead on to another page, also when htmx asked for a part of this one."""
    return HttpResponse(headers={"HX-Redirect": url}) if request.htmx else redirect(url)


def facts(one: Any) -> list[Fact]:
    """What is known of a snapshot beside its folder."""
    return [
        Fact(_("Per dag"), day(one.as_of)),
        Fact(_("Tagen"), timezone.localtime(one.taken_at).strftime("%Y-%m-%d %H:%M")),
        Fact(_("Rader"), number(one.rows)),
        Fact(_("Kontrollsumma"), one.digest),
    ]


def _found(request: Request, identifier: str) -> Any:
    try:
        return snapshot_queries.snapshot(actor=request.actor, identifier=identifier)
    except ValidationError as refusal:
        raise Http404 from refusal


def _faults(actor: Actor, one: Any) -> list[str]:
    try:
        return snapshot_actions.verify(actor=actor, snapshot=one)
    except ValidationError as refusal:
        return refusal.messages


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Ögonblicksbilder"), reverse("snapshots"))]


urlpatterns = [
    path("ogonblicksbilder/", snapshots, name="snapshots"),
    path("ogonblicksbilder/ny/", snapshot_take, name="snapshot_take"),
    path("ogonblicksbilder/tas/<uuid:task>/", snapshot_taking, name="snapshot_taking"),
    path("ogonblicksbilder/<slug:identifier>/", snapshot, name="snapshot"),
    path("ogonblicksbilder/<slug:identifier>/kontrollera/", snapshot_verify, name="snapshot_verify"),
]
