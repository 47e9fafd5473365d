"""Forms: fields made from the models' own words, Swedish dates, errors at the field and in a list at the top."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, ClassVar

from django import forms
from django.apps import apps
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.models import ModelChoiceIterator, fields_for_model
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.backends.django import DjangoTemplates as Backend
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finsam.access.versions import Outdated
from finsam.values.days import parse
from finsam.values.sentences import SentenceError
from finsam.web.conflicts import SEEN, VersionedForm
from finsam.web.fields import NumberField, translated
from finsam.web.needed import Needed, PageField
from finsam.web.pieces import Crumb, Fact
from finsam.web.sentences import CHOICE, ours

CONFIRMED = "confirmed"  # where an action's refusal stands that a tick answers
ONE_DAY = timedelta(days=1)


class Look(DjangoTemplates):
    """Renders forms and fields with this door's own partials."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"

    @cached_property
    def engine(self) -> Backend:
        """Django's own widget templates, and ours before them."""
        shipped = Path(forms.__file__).parent / "templates"
        return Backend({"APP_DIRS": True, "DIRS": [shipped], "NAME": "look", "OPTIONS": {}})


class DayField(forms.DateField):
    """A day as people write it; says which part of it is wrong, and asks which day is meant when it may be two."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "width-day"})

    def to_python(self, value: Any) -> date | None:
        """The day that was written."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parse(str(value))
        except SentenceError as refusal:
            raise translated(refusal) from refusal

    def prepare_value(self, value: Any) -> Any:
        """The day as it stands in the form."""
        return value.isoformat() if isinstance(value, date) else value


class LastDayField(DayField):
    """A last day ("till och med") in the form; the day after it (`ends_before`) inside."""

    def to_python(self, value: Any) -> date | None:
        """The day after the last day that was written."""
        day = super().to_python(value)
        if day is None or isinstance(value, date):
            return day
        if day == date.max:
            raise ValidationError(_("Året är för stort. Kontrollera årtalet."))
        return day + ONE_DAY

    def prepare_value(self, value: Any) -> Any:
        """The last day as it stands in the form."""
        return (value - ONE_DAY).isoformat() if isinstance(value, date) else value


class _ByKind(ModelChoiceIterator):  # type: ignore[type-arg]
    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        rows: Any = self.queryset
        for kind, group in groupby(rows, key=lambda row: row.get_kind_display()):
            yield str(kind).capitalize(), [self.choice(row) for row in group]


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One organisation of a list ordered by kind, the kinds as headings in the list."""

    iterator = _ByKind


class PageForm(VersionedForm):
    """A form of this door: no browser bubbles, sentences that name the field, optional fields marked."""

    default_renderer = Look()
    bound_field_class = PageField
    use_required_attribute = False
    confirms = False  # whether its action asks once more about what is unlikely
    modelled = ""  # "room.Model": its FORM fields come first, in that order
    day_field = ""  # the field whose day the lists are of, in a `web.dated.DatedForm`
    needed: ClassVar[Mapping[str, Needed]] = {}  # the fields that the answer to another makes necessary

    @property
    def looks(self) -> bool:
        """Whether somebody only wants to see the lists of another day."""
        return False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        if self.modelled:
            self.fields = {**fields_of(self.modelled), **self.fields}
        for field in self.fields.values():
            _dress(field)
        if self.confirms and CONFIRMED in self.data:
            self.ask_again()

    def ask_again(self) -> None:
        """Let a box appear by which an unlikely answer is said to be right; the action asks for it."""
        self.put(CONFIRMED, forms.BooleanField(label=_("Ja, det stämmer"), required=False))

    def add_error(self, field: str | None, error: Any) -> None:
        """Put a refusal at its field, in our words also where it is Django that refuses."""
        super().add_error(field, ours(error if isinstance(error, ValidationError) else ValidationError(error)))

    def put(self, name: str, field: forms.Field) -> None:
        """Add a field, or put one in another's place, in the form's own dress."""
        _dress(field)
        self.fields[name] = field


def fields_of(model: str, *names: str) -> dict[str, forms.Field]:
    """Form fields for what a person fills in on a model (its FORM tuple), in the model's own words."""
    described: Any = apps.get_model(model)
    wanted = names or described.FORM
    return fields_for_model(described, fields=wanted, formfield_callback=_swedish)


def submit(form: forms.Form, action: Callable[..., Any], **kwargs: Any) -> Any:
    """Call an action with the form's cleaned fields; its refusal becomes the form's errors and the answer None.

    Nothing is called while something is left to choose (`form_page` shows it). Outdated goes on to `request.needs`.
    """
    if isinstance(form, VersionedForm) and form.version:
        form.stopped = form.conflict
        if form.stopped:
            return None
        kwargs[SEEN] = form.seen
    try:
        result = action(**kwargs, **form.cleaned_data)
    except Outdated:
        raise
    except ValidationError as refusal:
        place(form, refusal)
        return None
    return True if result is None else result


def attempt(request: HttpRequest, action: Callable[..., Any], *, done: str, **kwargs: Any) -> Any:
    """Call an action behind a button; say what was done, or why it was refused, at the top of the next page."""
    if SEEN in request.POST:
        kwargs[SEEN] = request.POST[SEEN]
    try:
        result = action(**kwargs)
    except ValidationError as refusal:
        messages.error(request, "\n".join(ours(refusal).messages))
        return None
    messages.success(request, done)
    return True if result is None else result


def is_outside(form: forms.Form) -> bool:
    """Whether new days were refused because something lies outside them."""
    return any(error.code == "outside" for errors in form.errors.as_data().values() for error in errors)


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    heading: str,
    button: str,
    crumbs: Sequence[Crumb],
    lead: str = "",
    aside: str = "",
    facts: Sequence[Fact] = (),
) -> HttpResponse:
    """A page with one form: what it is for, the fields, the button, and beside it the facts one needs to see."""
    if isinstance(form, VersionedForm) and form.stopped:
        return _conflict_page(request, form, button=button, crumbs=crumbs)
    return render(
        request,
        lists_or(request, form, "form_page.html"),
        {
            "form": form,
            "heading": heading,
            "button": button,
            "crumbs": crumbs,
            "lead": lead,
            "aside": aside,
            "facts": facts,
            "back": crumbs[-1].url,
        },
    )


def _conflict_page(request: HttpRequest, form: VersionedForm, *, button: str, crumbs: Sequence[Crumb]) -> HttpResponse:
    """What was written beside what stands now, when somebody else has saved since the form was opened."""
    context = {
        "form": form,
        "differences": form.differences(),
        "unchosen": form.unchosen(),
        "button": button,
        "crumbs": crumbs,
        "back": crumbs[-1].url,
    }
    return render(request, "conflict.html", context, status=409)


def lists_or(request: HttpRequest, form: forms.Form, page: str, lists: str = "parts/lists.html") -> str:
    """The template of a page, or to htmx of its lists alone when another day has been written."""
    return lists if isinstance(form, PageForm) and form.looks and "HX-Request" in request.headers else page


def place(form: forms.Form, refusal: ValidationError) -> None:
    """Put a refusal's sentences at their fields, or at the top when the form has no such field."""
    by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.error_list}
    if CONFIRMED in by_field and isinstance(form, PageForm) and form.confirms:
        form.ask_again()
    for name, errors in by_field.items():
        form.add_error(name if name in form.fields else None, errors)


def _swedish(field: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        last = field.name == "ends_before"
        kwargs["form_class"] = LastDayField if last else DayField
        if last:
            kwargs["label"] = gettext_lazy("Till och med")
    if isinstance(field, models.IntegerField):
        kwargs["form_class"] = NumberField
    made = field.formfield(**kwargs)
    if made is not None and made.label:
        made.label = str(made.label)[:1].upper() + str(made.label)[1:]
    return made


def _dress(field: forms.Field) -> None:
    """Give a field our sentences and FKUI's classes."""
    chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    verb = _("Välj ”%(label)s”.") if chosen else _("Fyll i ”%(label)s”.")
    field.error_messages["required"] = verb % {"label": field.label or ""}
    if isinstance(field, forms.ModelChoiceField) and field.empty_label is not None:
        field.empty_label = _("Välj i listan")
    if chosen:
        field.error_messages["invalid_choice"] = CHOICE
        field.error_messages["invalid_list"] = CHOICE
    widget = field.widget
    if isinstance(widget, forms.Textarea):
        widget.attrs["rows"] = 5
    own = widget.attrs.get("class", "")
    widget.attrs["class"] = f"{_css_class(widget)} {own}".strip()
    widget.kind = "checkbox" if isinstance(widget, forms.CheckboxSelectMultiple) else "radio-button"


def _css_class(widget: forms.Widget) -> str:
    match widget:
        case forms.CheckboxInput() | forms.CheckboxSelectMultiple():
            return "checkbox__input"
        case forms.RadioSelect():
            return "radio-button__input"
        case forms.Select():
            return "select-field__select"
        case forms.Textarea():
            return "textarea-field__textarea"
        case forms.FileInput():
            return "file-input"
        case _:
            return "text-field__input"
