"""The forms about interventions."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from finsam.codes import queries as codes
from finsam.interventions import rules
from finsam.web.choices import coded, on_day, several, unchosen
from finsam.web.forms import LastDayField, OrganisationField, PageForm

STRUCTURAL = "structural"
ASKS_FOR_METHODS: Final = {  # choosing a direction fetches the methods it has
    "hx-get": "",
    "hx-include": "[name=method]",
    "hx-target": "#id_method",
    "hx-select": "#id_method",
    "hx-swap": "outerHTML",
}


class InterventionForm(PageForm):
    """What a person fills in about an intervention. One list holds kind and direction: a direction tells its kind."""

    modelled = "interventions.Intervention"

    ends_before = LastDayField(
        label=gettext_lazy("Till och med"),
        required=False,
        help_text=gettext_lazy("Lämna tomt om insatsen inte har ett bestämt slut."),
    )
    direction = coded(
        "interventions.Intervention",
        "direction",
        help_text=gettext_lazy("Välj den som stämmer bäst. De står under individinriktad och strukturövergripande."),
    )
    method = coded("interventions.Intervention", "method", radio=True)
    controller = OrganisationField(
        None,
        label=gettext_lazy("Personuppgiftsansvarig"),
        required=False,
        help_text=gettext_lazy(
            "Den part som ansvarar för deltagarnas uppgifter. Lämna tomt om insatsen bara räknar antal."
        ),
    )
    need_groups = several(
        gettext_lazy("Behovsgrupper"), gettext_lazy("Välj alla som insatsen vänder sig till. Minst en.")
    )
    performers: Any = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("Utförs av"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Minst två parter. Flera kommuner räknas som en part."),
    )
    field_order = (
        "name",
        "description",
        "starts_on",
        "ends_before",
        "direction",
        "need_groups",
        "performers",
        "method",
        "controller",
    )

    def __init__(
        self,
        *args: Any,
        day: date,
        parties: Any,
        locked: bool = False,
        chosen: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """Make the form of a day; `chosen` is what stands in a form that htmx asks about before it is sent."""
        super().__init__(*args, **kwargs)
        initial: Mapping[str, Any] = self.initial
        answered = {**initial, **(chosen or {}), **(self.data.dict() if hasattr(self.data, "dict") else self.data)}
        self.fields.pop("kind")
        self.fields["description"].widget.attrs["rows"] = 4
        self.order_fields(self.field_order)
        self.offer("direction", unchosen(_directions(day, initial.get("direction", "")), _("Välj i listan")))
        structural = not locked and codes.parents("direction").get(answered.get("direction", "")) == STRUCTURAL
        self.offer("method", _methods(day, initial.get("method", ""), structural=structural))
        if structural:
            self.fields["method"].error_messages["invalid_choice"] = rules.NO_PERSONS
        self.fields["method"].initial = answered.get("method")
        self.fields["direction"].widget.attrs |= ASKS_FOR_METHODS
        self.offer("need_groups", on_day("need_group", day, initial.get("need_groups", ())))
        for name in ("controller", "performers"):
            field: Any = self.fields[name]
            field.queryset = parties
        for name in ("direction", "method", "controller"):
            self.fields[name].disabled = locked

    def offer(self, name: str, choices: Any) -> None:
        """Give a field its choices."""
        field: Any = self.fields[name]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Add the kind that the direction tells."""
        cleaned = super().clean() or {}
        cleaned["kind"] = codes.parents("direction").get(cleaned.get("direction", ""), "")
        return cleaned


class PlanForm(PageForm):
    """Planned participants of a year."""

    modelled = "interventions.Plan"

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_year(self, years)


class HeadsForm(PageForm):
    """Women and men counted in a year, without names."""

    modelled = "interventions.HeadCount"
    confirms = True

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_year(self, years)


class AssignForm(PageForm):
    """Who is given the work, and for which days."""

    modelled = "interventions.Assignment"

    user: Any = forms.ModelChoiceField(
        None,
        label=pgettext_lazy("one", "Användare"),
        help_text=gettext_lazy(
            "Listan visar dem som har behörigheten och arbetar för förbundet eller en medlem. "
            "Systemadministratören ger behörigheter."
        ),
    )

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.queryset = users
        field.label_from_instance = lambda user: f"{user.name}, {user.employer.name}"
        self.fields["first_day"].required = False
        self.fields["first_day"].help_text = _("Lämna tomt om uppdraget börjar i dag.")
        self.fields["ends_before"].help_text = _("Lämna tomt om uppdraget gäller tills vidare.")


def _choose_year(form: forms.Form, years: list[int]) -> None:
    described = form.fields["year"]
    field: Any = forms.TypedChoiceField(
        label=described.label, coerce=int, choices=[(year, str(year)) for year in years]
    )
    field.error_messages = described.error_messages | {"invalid_choice": _("Välj ett av åren i listan.")}
    field.widget.attrs["class"] = "select-field__select width-number"
    form.fields["year"] = field


def _directions(day: date, kept: str) -> list[Any]:
    """The directions under the kind each belongs to."""
    parents = codes.parents("direction")
    groups: dict[str, list[tuple[str, str]]] = {}
    for choice in on_day("direction", day, [kept]):
        groups.setdefault(parents.get(choice[0], ""), []).append(choice)
    kinds = codes.labels("kind")
    return [(kinds.get(kind, kind), choices) for kind, choices in groups.items()]


def _methods(day: date, kept: str, *, structural: bool) -> list[tuple[str, str]]:
    """The methods; without the room of persons, and where there are no participants, only numbers are registered."""
    identifies = apps.is_installed("finsam.participants")
    offered = {"numbers_only"} if structural else {kept, "numbers_only"}
    return [
        choice for choice in on_day("method", day, [kept]) if (identifies and not structural) or choice[0] in offered
    ]
