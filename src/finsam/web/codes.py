"""The code lists: what stands in them, adding a row, closing one and confirming one."""

from collections import Counter
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from finsam.access.roles import Permission
from finsam.codes import actions, queries
from finsam.forms.conflicts import opened
from finsam.forms.fields import LastDayField
from finsam.forms.page_form import PageForm, fields_of
from finsam.web import history
from finsam.web.forms import form_page, submit
from finsam.web.pieces import Crumb, Fact
from finsam.web.request import Request, needs

PARENTED, PARENT = "direction", "kind"  # the list whose codes belong to codes of another
EXPLAINING = ("explanation", "explanation_en")  # and are explained


class CodeForm(PageForm):
    """A new row of a list."""

    modelled = "codes.Code"

    def __init__(self, *args: Any, list_key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("list")
        self.fields["code"].help_text = _("Små engelska ord med understreck, till exempel job_seeking. Syns i filer.")
        if list_key == PARENTED:
            choices = [("", _("Välj i listan")), *queries.labels(PARENT).items()]
            self.put("parent", forms.ChoiceField(label=_("Hör till"), choices=choices))
            for name, field in fields_of(self.modelled, *EXPLAINING).items():
                field.widget, field.required = forms.Textarea(), name == EXPLAINING[0]
                self.put(name, field)
            self.fields[EXPLAINING[0]].help_text = _("Vad insatserna syftar till. Står i rapportens bilaga.")
            self.order_fields(("code", "label", "label_en", "parent", *EXPLAINING))


class CloseForm(PageForm):
    """The last day a row is in force."""

    ends_before = LastDayField(label=gettext_lazy("Sista dag"))


class ConfirmForm(PageForm):
    """The source a row was checked against."""

    source = forms.CharField(
        label=gettext_lazy("Källa"),
        max_length=300,
        help_text=gettext_lazy("Vad du har läst, till exempel blankettens namn, nummer och datum."),
    )


@require_safe
@needs(Permission.SEE_CODES)
def codes(request: Request) -> HttpResponse:
    """All lists, each with how many rows nobody has confirmed."""
    open_rows = Counter(queries.rows(actor=request.actor).filter(verified=False).values_list("list", flat=True))
    lists = [(key, _(name), open_rows[key]) for key, name in queries.lists().items()]
    return render(request, "codes/lists.html", {"lists": lists})


@require_safe
@needs(Permission.SEE_CODES)
def code_list(request: Request, list_key: str) -> HttpResponse:
    """One list with all its dated rows."""
    context = {
        "key": list_key,
        "name": _name(list_key),
        "rows": queries.rows(actor=request.actor, list_key=list_key),
        "today": request.actor.today,
        "may_manage": request.actor.may(Permission.MANAGE_CODES),
        "crumbs": [Crumb(_("Kodlistor"), reverse("codes"))],
    }
    return render(request, "codes/list.html", context)


@require_safe
@needs(Permission.SEE_CODES)
def code(request: Request, pk: int) -> HttpResponse:
    """One dated row, and what has been done to it."""
    row = queries.row(actor=request.actor, pk=pk)
    name = _name(row.list)
    context = {
        "code": row,
        "name": name,
        "facts": _facts(row),
        "may_manage": request.actor.may(Permission.MANAGE_CODES),
        "history": history.rows(queries.history(actor=request.actor, row=row)),
        "crumbs": _crumbs(row.list, name),
    }
    return render(request, "codes/code.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_CODES)
def code_add(request: Request, list_key: str) -> HttpResponse:
    """Add a row to a list."""
    name = _name(list_key)
    form = CodeForm(request.POST or None, list_key=list_key)
    if form.is_valid() and submit(form, actions.add, actor=request.actor, list=list_key):
        return redirect("code_list", list_key)
    return form_page(
        request,
        form,
        heading=_("Lägg till kod"),
        lead=_("Raden gäller från sin första dag. Det som redan är registrerat ändras inte."),
        button=_("Lägg till koden"),
        crumbs=_crumbs(list_key, name),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_CODES)
def code_close(request: Request, pk: int) -> HttpResponse:
    """Close a row: after its last day it can't be chosen."""
    row = queries.row(actor=request.actor, pk=pk)
    held = opened(row)
    form = CloseForm(request.POST or None, initial={"ends_before": row.ends_before}, held=held)
    if form.is_valid() and submit(form, actions.close, actor=request.actor, row=row):
        return redirect("code_list", row.list)
    return form_page(
        request,
        form,
        heading=_("Stäng ”%(label)s”") % {"label": row},
        lead=_("Efter sista dagen går koden inte att välja. Det som redan är registrerat ändras inte."),
        button=_("Stäng koden"),
        crumbs=_crumbs(row.list, _name(row.list)),
        facts=_facts(row),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_CODES)
def code_confirm(request: Request, pk: int) -> HttpResponse:
    """Confirm a row against a source."""
    row = queries.row(actor=request.actor, pk=pk)
    held = opened(row)
    form = ConfirmForm(request.POST or None, initial={"source": row.source}, held=held)
    if form.is_valid() and submit(form, actions.confirm, actor=request.actor, row=row):
        return redirect("code_list", row.list)
    return form_page(
        request,
        form,
        heading=_("Bekräfta ”%(label)s”") % {"label": row},
        lead=_("Bekräfta bara det du själv har läst i källan."),
        button=_("Bekräfta koden"),
        crumbs=_crumbs(row.list, _name(row.list)),
        facts=_facts(row),
    )


def _name(list_key: str) -> str:
    lists = queries.lists()
    if list_key not in lists:
        raise Http404
    return _(lists[list_key])


def _crumbs(list_key: str, name: str) -> list[Crumb]:
    return [Crumb(_("Kodlistor"), reverse("codes")), Crumb(name, reverse("code_list", args=[list_key]))]


def _facts(row: Any) -> list[Fact]:
    return [
        Fact(_("Kod"), row.code),
        Fact(_("Första dag"), row.first_day.isoformat()),
        Fact(_("Källa"), _(row.source)),
    ]


urlpatterns = [
    path("kodlistor/", codes, name="codes"),
    path("kodlistor/<slug:list_key>/", code_list, name="code_list"),
    path("kodlistor/<slug:list_key>/ny/", code_add, name="code_add"),
    path("kodlistor/rad/<int:pk>/", code, name="code"),
    path("kodlistor/rad/<int:pk>/stang/", code_close, name="code_close"),
    path("kodlistor/rad/<int:pk>/bekrafta/", code_confirm, name="code_confirm"),
]
