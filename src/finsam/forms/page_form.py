"""A form of a page: fields made from the models' own words, errors at the field in our sentences, in our own dress."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Final

from django import forms
from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.models import fields_for_model
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Backend
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finsam.forms.conflicts import VersionedForm
from finsam.forms.fields import DayField, LastDayField, NumberField
from finsam.forms.needed import Needed, PageField
from finsam.forms.sentences import CHOICE, ours

CONFIRMED = "confirmed"  # where an action's refusal stands that a tick answers
FLAT: Final[Mapping[str, str]] = {  # what draws the same, byte for byte, in a third of the time
    "django/forms/widgets/select.html": "parts/select.html",
    "django/forms/widgets/checkbox_select.html": "parts/choices.html",
    "django/forms/widgets/radio.html": "parts/choices.html",
}


class Look(DjangoTemplates):
    """Renders forms and fields with this door's own partials."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Draw a widget; a long list of choices by one template, where Django has three for each choice."""
        return super().render(FLAT.get(template_name, template_name), context, request)

    @cached_property
    def engine(self) -> Backend:
        """Django's own widget templates, and ours before them."""
        shipped = Path(forms.__file__).parent / "templates"
        return Backend({"APP_DIRS": True, "DIRS": [shipped], "NAME": "look", "OPTIONS": {}})


class PageForm(VersionedForm):
    """A form of this door: no browser bubbles, sentences that name the field, optional fields marked."""

    default_renderer = Look()
    bound_field_class = PageField
    use_required_attribute = False
    confirms = False  # whether its action asks once more about what is unlikely
    modelled = ""  # "room.Model": its FORM fields come first, in that order
    day_field = ""  # the field whose day the lists are of, in a `forms.dated.DatedForm`
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
