"""The forms about participants; the fields stand in the order of SUS and of the paper forms."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finsam.associations import queries as associations
from finsam.participants import actions, rules
from finsam.values.identity import Series
from finsam.web.choices import coded, on_day, several, unchosen
from finsam.web.fields import NumberField
from finsam.web.forms import DayField, PageForm
from finsam.web.needed import Needed
from finsam.web.participants.fields import IdentityField, TimeField

STAY = "participants.Participation"
EXTENT = gettext_lazy("Bara för arbete och studier. 40 timmar i veckan är 100 procent, 20 timmar är 50.")
SUPPORTS = gettext_lazy(
    "Välj alla som stämmer. Föräldrapenning och ålderspension räknas som ingen offentlig försörjning."
)
WORKING = Needed("occupation", rules.WITH_EXTENT, gettext_lazy("för arbete och studier"))
NUMBER = gettext_lazy("Tolv siffror, till exempel 19850101-2382.")


class ConsentForm(PageForm):
    """Step 1: who gave the consent and when; nothing about the person."""

    given_by = coded("participants.Consent", "given_by", radio=True)
    modelled = "participants.Consent"
    protected_identity = forms.BooleanField(
        label=gettext_lazy("Personen har skyddade personuppgifter"),
        required=False,
        help_text=gettext_lazy("Den som har det registreras aldrig med namn, bara i antal."),
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "given_by", on_day("given_by", day))


class StartForm(PageForm):
    """What is registered at the start of a stay, as it can be corrected later."""

    municipality: Any = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Bostadskommun"),
        help_text=gettext_lazy("Personens folkbokföringskommun den första dagen."),
    )
    starts_on = DayField(
        label=gettext_lazy("Första dag i insatsen"),
        help_text=gettext_lazy("År, månad och dag, till exempel 2021-03-29. Inte före dagen för samtycket."),
    )
    supports = several(gettext_lazy("Försörjning precis före insatsen"), SUPPORTS)
    months_in_support = TimeField(
        label=gettext_lazy("Tid i offentlig försörjning"),
        help_text=gettext_lazy(
            "Hela år och månader, till exempel 3 år 4 mån. Uppehåll på högst en månad räknas inte bort."
        ),
    )
    education = coded(
        STAY,
        "education",
        radio=True,
        help_text=gettext_lazy(
            "Den högsta som personen har slutfört. Utländsk utbildning anges som den svenska den motsvarar."
        ),
    )
    occupation = coded(
        STAY,
        "occupation_at_start",
        radio=True,
        help_text=gettext_lazy("Vad personen faktiskt gjorde veckan före. Anställd men sjukskriven är övrigt."),
    )
    extent = NumberField(label=gettext_lazy("Omfattning före, procent"), required=False, help_text=EXTENT)
    need_groups = several(
        gettext_lazy("Behovsgrupp"),
        gettext_lazy("Välj alla som stämmer på personen, även om insatsen är till för fler."),
    )
    needed: ClassVar = {"extent": WORKING}
    lists = (("supports", "support"), ("education",) * 2, ("occupation",) * 2, ("need_groups", "need_group"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipality"]
        field.queryset = associations.municipalities(day=day)
        for name, list_key in self.lists:
            kept = self.initial.get(name, ())
            offer(self, name, on_day(list_key, day, [kept] if isinstance(kept, str) else kept))

    def clean(self) -> dict[str, Any]:
        """Hand on the start as the action takes it."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        return {"start": actions.Start(**{name: cleaned[name] for name in actions.Start.__dataclass_fields__})}


class EnrolForm(StartForm):
    """Step 2: the person and the start, in the order of the paper form."""

    number = IdentityField(label=gettext_lazy("Personnummer eller samordningsnummer"), help_text=NUMBER)
    name = forms.CharField(
        label=gettext_lazy("Namn"),
        max_length=200,
        help_text=gettext_lazy("För- och efternamn, som i folkbokföringen."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("number", "name")

    def __init__(self, *args: Any, series: Series, day: date, **kwargs: Any) -> None:
        super().__init__(*args, day=day, **kwargs)
        take_numbers(self, series, day)

    def clean(self) -> dict[str, Any]:
        """Hand on the person and the start as the action takes them."""
        written = self.cleaned_data
        cleaned = super().clean()
        return cleaned if self.errors else {"identity": written["number"], "name": written["name"], **cleaned}


class EndForm(PageForm):
    """What is registered at the end of a stay."""

    last_day = DayField(
        label=gettext_lazy("Sista dag i insatsen"),
        help_text=gettext_lazy("Den sista dagen som personen deltog. Den dagen räknas med."),
    )
    supports = several(gettext_lazy("Försörjning efter insatsen"), SUPPORTS)
    occupation = coded(
        STAY,
        "occupation_at_end",
        radio=True,
        help_text=gettext_lazy("Vad personen faktiskt gör veckan efter. Anställd men sjukskriven är övrigt."),
    )
    extent = NumberField(label=gettext_lazy("Omfattning efter, procent"), required=False, help_text=EXTENT)
    end_reason = coded(
        STAY,
        "end_reason",
        radio=True,
        help_text=gettext_lazy("Var det fel att registrera personen? Gå tillbaka och välj Felregistrering i stället."),
    )
    needed: ClassVar = {"extent": WORKING}
    lists = (("supports", "support"), ("occupation",) * 2, ("end_reason",) * 2)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, list_key in self.lists:
            self.fields[name].required = True
            kept = self.initial.get(name, ())
            choices = on_day(list_key, day, [kept] if isinstance(kept, str) else kept)
            offer(self, name, [one for one in choices if one[0] != "misregistration"])


class NumberForm(PageForm):
    """A person's new number and name."""

    number = IdentityField(label=gettext_lazy("Personnummer eller samordningsnummer"), help_text=NUMBER)
    name = forms.CharField(
        label=gettext_lazy("Namn"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, series: Series, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        take_numbers(self, series, day)

    def clean(self) -> dict[str, Any]:
        """Hand on the number and the name as the action takes them."""
        cleaned = super().clean() or {}
        return cleaned if self.errors else {"identity": cleaned["number"], "name": cleaned["name"]}


class SearchForm(PageForm):
    """The number to search by."""

    number = IdentityField(
        label=gettext_lazy("Personnummer eller samordningsnummer"),
        help_text=gettext_lazy("Tolv siffror. Sökningen antecknas i läsloggen."),
    )

    def __init__(self, *args: Any, series: Series, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        take_numbers(self, series, day)


class EraseForm(PageForm):
    """Why a person is taken away."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Skäl"),
        widget=forms.RadioSelect,
        choices=[
            ("withdrawn", gettext_lazy("Personen har tagit tillbaka samtycket")),
            ("protected", gettext_lazy("Personen har fått skyddade personuppgifter")),
        ],
    )


def offer(form: forms.Form, name: str, choices: Any) -> None:
    """Give a field its choices; a list to open begins with nothing chosen."""
    field: Any = form.fields[name]
    field.choices = unchosen(choices, _("Välj i listan")) if type(field.widget) is forms.Select else choices


def take_numbers(form: forms.Form, series: Series, day: date) -> None:
    """Say which numbers this home takes, and on which day they are read."""
    field: Any = form.fields["number"]
    field.series, field.on = series, day
