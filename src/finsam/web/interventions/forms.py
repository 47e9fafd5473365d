"""The forms about interventions."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from finsam.codes import queries as codes
from finsam.web.choices import coded, on_day, several, unchosen
from finsam.web.fields import SeveralField
from finsam.web.forms import LastDayField, OrganisationField, PageForm
from finsam.web.needed import Needed

IDENTIFIED = "identified"


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
    needed: ClassVar = {
        "controller": Needed("method", [IDENTIFIED], gettext_lazy("för insatser som registrerar personer"))
    }
    need_groups = several(
        gettext_lazy("Behovsgrupper"), gettext_lazy("Välj alla som insatsen vänder sig till. Minst en.")
    )
    performers: Any = SeveralField(
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

    def __init__(self, *args: Any, day: date, parties: Any, locked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        initial: Mapping[str, Any] = self.initial
        self.fields.pop("kind")
        self.fields["description"].widget.attrs["rows"] = 4
        self.order_fields(self.field_order)
        self.offer("direction", unchosen(_directions(day, initial.get("direction", "")), _("Välj i listan")))
        self.offer("method", _methods(day, initial.get("method", "")))
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

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_year(self, years)


class AssignForm(PageForm):
    """Who is given the work."""

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


def _methods(day: date, kept: str) -> list[tuple[str, str]]:
    """The methods; without the room of persons only numbers can be registered."""
    identifies = apps.is_installed("finsam.participants")
    return [choice for choice in on_day("method", day, [kept]) if identifies or choice[0] in {kept, "numbers_only"}]
