"""The forms about participants; the fields stand in the order of SUS and of the paper forms."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from finsam.associations import queries as associations
from finsam.forms.choices import coded, several
from finsam.forms.dated import DatedForm
from finsam.forms.fields import DayField, NumberField
from finsam.forms.needed import Needed
from finsam.forms.page_form import PageForm
from finsam.participants import actions, rules
from finsam.values.identity import Series
from finsam.web.participants.fields import IdentityField, TimeField

QUESTIONS = ("same", "confirmed")
STAY = "participants.Participation"
EXTENT = gettext_lazy("Bara för arbete och studier. 40 timmar i veckan är 100 procent, 20 timmar är 50.")
SUPPORTS = gettext_lazy(
    "Välj alla som stämmer. Föräldrapenning och ålderspension räknas som ingen offentlig försörjning."
)
WORKING = Needed("occupation", rules.WITH_EXTENT, gettext_lazy("för arbete och studier"))
NUMBER = gettext_lazy("Tolv siffror, till exempel 19850101-2382.")


class ConsentForm(DatedForm):
    """Step 1: when the consent was given and by whom; nothing about the person."""

    day_field = "given_on"
    lists = (("given_by",) * 2,)
    beside = ("samtyckestext",)
    given_by = coded("participants.Consent", "given_by", radio=True)
    modelled = "participants.Consent"
    protected_identity = forms.BooleanField(
        label=gettext_lazy("Personen har skyddade personuppgifter"),
        required=False,
        help_text=gettext_lazy("Den som har det registreras aldrig med namn, bara i antal."),
    )


class Confirming(PageForm):
    """A form whose action may ask for one more confirmation, with its reasons; the field is there once it has asked."""

    confirmed = forms.MultipleChoiceField(
        label=gettext_lazy("Stämmer det här?"),
        help_text=gettext_lazy("Det är ovanligt. Kryssa i det som stämmer, eller rätta uppgifterna."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("young", gettext_lazy("Ja, personen var yngre än 15 år den första dagen")),
            ("old", gettext_lazy("Ja, personen var äldre än 70 år den första dagen")),
            ("support", gettext_lazy("Ja, personen har haft offentlig försörjning längre än sedan 16-årsdagen")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {*self["confirmed"].data} if self.is_bound else set[str]()

    def add_error(self, field: str | None, error: Any) -> None:
        """Place a refusal; what is to be confirmed becomes choosable."""
        if field == "confirmed":
            self.asked |= {reason.code for reason in ValidationError(error).error_list}
        super().add_error(field, error)

    def visible_fields(self) -> list[forms.BoundField]:
        """The fields that are shown."""
        described: Any = self.fields["confirmed"]
        shown = [bound for bound in super().visible_fields() if self.asked or bound.name != "confirmed"]
        described.required = True  # by the time it is seen
        described.widget.choices = [choice for choice in described.choices if choice[0] in self.asked]
        return shown


class StartForm(Confirming, DatedForm):
    """What is registered at the start of a stay, as it can be corrected later."""

    day_field = "starts_on"
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipality"]
        field.queryset = associations.municipalities(day=self.day)
        self.order_fields([*(name for name in self.fields if name != "confirmed"), "confirmed"])

    def following(self) -> Sequence[str]:
        """The fields whose choices follow the day: the municipalities too."""
        return ["municipality", *super().following()]

    def choices(self, name: str, day: date) -> Sequence[Any]:
        """The choices of a field on a day."""
        return list(associations.municipalities(day=day)) if name == "municipality" else super().choices(name, day)

    def clean(self) -> dict[str, Any]:
        """Hand on the start as the action takes it."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        start = actions.Start(**{name: cleaned[name] for name in actions.Start.__dataclass_fields__})
        return {"start": start, "confirmed": cleaned["confirmed"]}


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


class EndForm(DatedForm):
    """What is registered at the end of a stay."""

    day_field = "last_day"
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, _list_key in self.lists:
            self.fields[name].required = True

    def choices(self, name: str, day: date) -> Sequence[Any]:
        """The choices of a field on a day; a wrong registration is ended on a page of its own."""
        return [one for one in super().choices(name, day) if one[0] != rules.MISREGISTRATION]


class NumberForm(Confirming):
    """A person's new number and name, and then whether it is the same human's."""

    number = IdentityField(label=gettext_lazy("Personnummer eller samordningsnummer"), help_text=NUMBER)
    name = forms.CharField(
        label=gettext_lazy("Namn"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    same = forms.ChoiceField(
        label=gettext_lazy("Är det samma person?"),
        help_text=gettext_lazy("Frågan ställs varje gång ett nummer ändras."),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            (rules.NEW_NUMBER, gettext_lazy("Ja, personen har fått ett nytt nummer")),
            (rules.WRONG_NUMBER, gettext_lazy("Ja, men numret hade skrivits fel")),
            (rules.OTHER_PERSON, gettext_lazy("Nej, numret hör till någon annan")),
        ],
    )

    def __init__(self, *args: Any, series: Series, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks = False
        self.order_fields(["number", "name", *QUESTIONS])
        take_numbers(self, series, day)

    def clean(self) -> dict[str, Any]:
        """Hand on the number, the name and the answers as the action takes them."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        return {"identity": cleaned["number"], **{name: cleaned[name] for name in ("name", "same", "confirmed")}}

    def visible_fields(self) -> list[forms.BoundField]:
        """The fields of the page: first the number and the name, then what is asked about them."""
        return [bound for bound in super().visible_fields() if self.asks or bound.name not in QUESTIONS]

    def ask(self) -> None:
        """Turn to the questions when only they are left; the number and the name go along unseen."""
        self.asks = self.errors.keys() <= set(QUESTIONS)
        if self.asks:
            self.fields["same"].required = True
            for name in ("number", "name"):
                self.fields[name].widget = forms.HiddenInput()
            if "same" not in self.data:
                self.errors.pop("same", None)


class SearchForm(PageForm):
    """The number to search by."""

    number = IdentityField(
        label=gettext_lazy("Personnummer eller samordningsnummer"),
        help_text=gettext_lazy("Tolv siffror. Sökningen antecknas i läsloggen, som systemadministratören läser."),
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


def take_numbers(form: forms.Form, series: Series, day: date) -> None:
    """Say which numbers this home takes, and on which day they are read."""
    field: Any = form.fields["number"]
    field.series, field.on = series, day
