"""The forms about interventions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from finsam.access import versions
from finsam.codes import queries as codes
from finsam.forms.choices import coded, several
from finsam.forms.conflicts import raw
from finsam.forms.dated import DatedForm
from finsam.forms.fields import LastDayField, OrganisationField, SeveralField
from finsam.forms.needed import Needed
from finsam.forms.page_form import PageForm
from finsam.interventions import rules

IDENTIFIED, STRUCTURAL = "identified", "structural"
LOCKED = ("direction", "method", "controller")  # once something has been registered


class InterventionForm(DatedForm):
    """What a person fills in about an intervention. One list holds kind and direction: a direction tells its kind."""

    day_field = "starts_on"
    lists = (("direction",) * 2, ("method",) * 2, ("need_groups", "need_group"))
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
        "ends_before",
        "name",
        "description",
        "direction",
        "need_groups",
        "performers",
        "method",
        "controller",
    )

    def __init__(self, *args: Any, day: date, parties: Any, locked: bool = False, **kwargs: Any) -> None:
        self.is_locked = locked
        super().__init__(*args, day=day, locked=LOCKED if locked else (), **kwargs)
        self.fields.pop("kind")
        self.fields["description"].widget.attrs["rows"] = 4
        follows = self.fields[self.day_field].widget.attrs
        self.fields["direction"].widget.attrs |= {name: follows[name] for name in follows if name.startswith("hx-")}
        if self._structural():
            self.fields["method"].error_messages["invalid_choice"] = rules.NO_PERSONS
        for name in ("controller", "performers"):
            field: Any = self.fields[name]
            field.queryset = parties

    def choices(self, name: str, day: date) -> Sequence[Any]:
        """The choices of a field on a start day."""
        found = super().choices(name, day)
        if name == "method":
            return _possible(found, self.initial.get(name, ""), structural=self._structural())
        return _by_kind(found) if name == "direction" else found

    def changed(self) -> Sequence[forms.BoundField]:
        """The fields whose choices are others than on the page: the methods follow the direction too."""
        return [*(field for field in super().changed() if field.name != "method"), self["method"]]

    def _structural(self) -> bool:
        """Whether the direction that is chosen has no participants; what is locked stays as it is."""
        direction = self["direction"].data if self.is_bound else self.initial.get("direction", "")
        return not self.is_locked and codes.parents("direction").get(str(direction)) == STRUCTURAL

    def clean(self) -> dict[str, Any]:
        """Add the kind that the direction tells."""
        cleaned = super().clean() or {}
        cleaned["kind"] = codes.parents("direction").get(cleaned.get("direction", ""), "")
        return cleaned


class YearForm(PageForm):
    """The numbers of the year that is chosen in it, first or anew; `rows` are those of all years."""

    def __init__(self, *args: Any, years: list[int], rows: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_year(self, years)
        self.rows = {str(row.year): row for row in rows}

    def standing(self) -> Mapping[str, Any]:
        """The numbers of the chosen year as they stand now."""
        return self._numbers(str(self.data.get("year", "")))

    def remembered(self) -> dict[str, Any]:
        """The numbers of every year: which one is chosen is known when the form comes back."""
        return {
            year: {name: raw(self.fields[name], value) for name, value in self._numbers(year).items()}
            for year in self.rows
        }

    def recalled(self) -> Mapping[str, Any]:
        """The numbers of the chosen year as they stood when the form was opened."""
        numbers = super().recalled().get(str(self.data.get("year", "")), {})
        return numbers if isinstance(numbers, dict) else {}

    def newest(self) -> str:
        """The version of the chosen year's row; of none when it has none."""
        row = self.rows.get(str(self.data.get("year", "")))
        return versions.version(row) if row else versions.NONE

    def _numbers(self, year: str) -> dict[str, Any]:
        row = self.rows.get(year)
        return {name: getattr(row, name, None) for name in self.fields if name != "year"}


class PlanForm(YearForm):
    """Planned participants of a year."""

    modelled = "interventions.Plan"


class HeadsForm(YearForm):
    """Women and men counted in a year, without names."""

    modelled = "interventions.HeadCount"
    confirms = True


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


def _by_kind(directions: Sequence[Any]) -> list[Any]:
    """The directions under the kind each belongs to."""
    parents = codes.parents("direction")
    groups: dict[str, list[tuple[str, str]]] = {}
    for choice in directions:
        groups.setdefault(parents.get(choice[0], ""), []).append(choice)
    kinds = codes.labels("kind")
    return [(kinds.get(kind, kind), choices) for kind, choices in groups.items()]


def _possible(methods: Sequence[Any], kept: str, *, structural: bool) -> list[Any]:
    """The methods; without the room of persons, and where there are no participants, only numbers are registered."""
    identifies = apps.is_installed("finsam.participants") and not structural
    offered = {"numbers_only"} if structural else {kept, "numbers_only"}
    return [choice for choice in methods if identifies or choice[0] in offered]
