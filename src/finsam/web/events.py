"""Everything that has been done in the home, and who has looked at participants, for the system administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from finsam.access import queries
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.forms.fields import DayField
from finsam.forms.page_form import PageForm
from finsam.web import event_words
from finsam.web.addresses import address
from finsam.web.paging import page_of
from finsam.web.request import Request, needs

OPERATION: Final = 0  # in the choice of users: the server's command line and what it does by itself
NEWEST: Final = ("-at", "-pk")
# The kinds of records that have a page the administrator may open.
PAGES: Final[Mapping[str, str]] = {
    "access.user": "user",
    "associations.association": "association",
    "codes.code": "code",
}


@dataclass(frozen=True)
class Line:
    """An event as the list shows it: who it was, as what, what was done, and to which record."""

    row: Any
    name: str
    capacity: str
    done: str
    kind: str = ""
    url: str = ""


class PeriodForm(PageForm):
    """By whom, and from which day to which; for readings that is all."""

    user = forms.TypedChoiceField(label=gettext_lazy("Vem"), coerce=int, required=False, empty_value=None)
    first_day = DayField(label=gettext_lazy("Från och med"), required=False)
    last_day = DayField(label=gettext_lazy("Till och med"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        users = queries.users(actor=actor).values_list("pk", "name", "email")
        named = [(pk, f"{name} ({email})") for pk, name, email in users]
        field.choices = [("", _("Alla")), (OPERATION, _("Driften")), *named]

    def narrowed(self) -> queries.Narrowed:
        """What was chosen; a choice that can't be read narrows nothing, and its field says so."""
        cleaned = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return queries.Narrowed(**{name: value for name, value in cleaned.items() if value not in (None, "")})


class EventForm(PeriodForm):
    """What was done, and to which kind of record."""

    field_order = ("action", "model", "user", "first_day", "last_day")
    action = forms.ChoiceField(label=gettext_lazy("Händelse"), required=False)
    model = forms.ChoiceField(label=gettext_lazy("Slag av post"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        action: Any = self.fields["action"]
        words = sorted(((name, str(said)) for name, said in event_words.EVERY.items()), key=lambda one: one[1])
        action.choices = [("", _("Alla")), *words]
        model: Any = self.fields["model"]
        kinds = [(name, name_of[:1].upper() + name_of[1:]) for name, name_of in event_words.kinds().items()]
        model.choices = [("", _("Alla")), *kinds]


@never_cache
@require_safe
@needs(Permission.SEE_EVENTS)
def events(request: Request) -> HttpResponse:
    """Everything that was done, the newest first, narrowed by what the address says."""
    actor = request.actor
    form = EventForm(request.GET or None, actor=actor)
    page = page_of(queries.events(actor=actor, narrowed=form.narrowed()), request, by=NEWEST)
    kinds, names = event_words.kinds(), _names(actor, page.rows)
    lines = [
        Line(
            row=row,
            name=names.get(row.user_id or 0, ""),
            capacity=event_words.capacity(row.role, row.user_id),
            done=event_words.action(row.action),
            kind=kinds.get(row.model, row.model),
            url=address(PAGES[row.model], row.record_id) if row.model in PAGES and row.record_id else "",
        )
        for row in page.rows
    ]
    return render(request, "events/list.html", {"form": form, "page": page, "lines": lines})


@never_cache
@require_safe
@needs(Permission.SEE_EVENTS)
def readings(request: Request) -> HttpResponse:
    """Who has opened or searched for participants, and when; never whom."""
    actor = request.actor
    form = PeriodForm(request.GET or None, actor=actor)
    page = page_of(queries.readings(actor=actor, narrowed=form.narrowed()), request, by=NEWEST)
    names = _names(actor, page.rows)
    lines = [
        Line(row, names.get(row.user_id or 0, ""), event_words.capacity(row.role, row.user_id), row.get_what_display())
        for row in page.rows
    ]
    return render(request, "events/readings.html", {"form": form, "page": page, "lines": lines})


def _names(actor: Actor, rows: Any) -> dict[int, str]:
    return queries.names(actor=actor, users={row.user_id for row in rows})


urlpatterns = [
    path("handelser/", events, name="events"),
    path("handelser/lasningar/", readings, name="readings"),
]
