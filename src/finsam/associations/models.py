"""Associations, their members over time, and Sweden's municipalities and counties as dated rows."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finsam.access.actors import Scope
from finsam.access.models import Organisation
from finsam.access.tracking import SWEDISH, tracked

ENDS_AFTER_START = _("Sista dagen ligger före första dagen. Rätta en av dem.")


def ends_after_start(name: str) -> models.CheckConstraint:
    """The constraint that a period holds at least one day."""
    return models.CheckConstraint(
        condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("first_day")),
        name=name,
        violation_error_message=ENDS_AFTER_START,
    )


class County(models.Model):
    """A county (län) with its two-digit code."""

    code = models.CharField(_("länskod"), max_length=2, unique=True)
    name = models.CharField(_("namn"), max_length=100, db_collation=SWEDISH)
    history = tracked()

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ("code", "name")
        open = ("id",)

    class Meta:
        ordering = ("code",)
        verbose_name = _("län")

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality (kommun) for the days it has existed, its county, and its region if it belongs to one."""

    code = models.CharField(_("kommunkod"), max_length=4)
    name = models.CharField(_("namn"), max_length=100, db_collation=SWEDISH)
    county = models.ForeignKey(County, models.PROTECT, verbose_name=_("län"), related_name="municipalities")
    party = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("part"), related_name="municipality_rows")
    region = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("region"), related_name="region_rows"
    )
    first_day = models.DateField(_("första dag"))
    ends_before = models.DateField(_("dagen efter sista dagen"), null=True, blank=True)
    history = tracked()

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ("code", "name", "county", "first_day", "ends_before")
        open = ("id", "party", "region")

    class Meta:
        ordering = ("code", "first_day", "pk")
        verbose_name = _("kommun")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("code", "first_day"),
                name="municipality_once_a_day",
                violation_error_message=_("Kommunen finns redan från den dagen."),
            ),
            ends_after_start("municipality_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class Association(models.Model):
    """A coordination association (samordningsförbund) under lag 2003:1210."""

    class State(models.TextChoices):
        """Being prepared, at work, or closed; see TRANSITIONS in rules."""

        DRAFT = "draft", _("förbereds")
        ACTIVE = "active", _("i drift")
        CLOSED = "closed", _("avslutat")

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="association"
    )
    number = models.CharField(
        _("organisationsnummer"),
        max_length=11,
        unique=True,
        help_text=_("Tio siffror, till exempel 222000-0000."),
        error_messages={"unique": _("Det finns redan ett förbund med det numret.")},
    )
    name = models.CharField(_("namn"), max_length=200, db_collation=SWEDISH)
    description = models.TextField(_("beskrivning"), blank=True, help_text=_("Ändamål och inriktning, kort."))
    state = models.CharField(_("läge"), max_length=8, choices=State.choices, default=State.DRAFT)
    first_day = models.DateField(_("första dag"), help_text=_("Ingenting kan registreras före den dagen."))
    ends_before = models.DateField(_("dagen efter sista dagen"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("uppgick i"), related_name="merged_from"
    )
    history = tracked()

    FORM = ("name", "number", "description", "first_day")

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ("number", "name", "first_day", "ends_before")
        open = ("id", "organisation", "description", "state", "merged_into")

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("samordningsförbund")
        constraints: ClassVar[list[models.BaseConstraint]] = [ends_after_start("association_ends_after_start")]

    def __str__(self) -> str:
        return self.name

    def scope(self, day: date) -> Scope:
        """The association's own organisation decides who may touch it, whatever the day."""
        return Scope(association=self.organisation_id)


class Membership(models.Model):
    """A party's membership in an association, from its first to its last day."""

    association = models.ForeignKey(Association, models.CASCADE, verbose_name=_("förbund"), related_name="memberships")
    party = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("part"), related_name="memberships")
    first_day = models.DateField(_("medlem från och med"))
    ends_before = models.DateField(_("dagen efter sista dagen"), null=True, blank=True)
    history = tracked()

    FORM = ("party", "first_day")

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "association", "party", "first_day", "ends_before")

    class Meta:
        ordering = ("association", "party__kind", "party__name", "first_day", "pk")
        verbose_name = _("medlemskap")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("association", "party", "first_day"),
                name="membership_once_a_day",
                violation_error_message=_("Parten är redan medlem från den dagen."),
            ),
            ends_after_start("membership_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.first_day}"


class Coverage(models.Model):
    """A municipality an association covers, from the first to the last day."""

    association = models.ForeignKey(Association, models.CASCADE, verbose_name=_("förbund"), related_name="coverages")
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name=_("kommun"), related_name="coverages")
    first_day = models.DateField(_("från och med"))
    ends_before = models.DateField(_("dagen efter sista dagen"), null=True, blank=True)
    history = tracked()

    FORM = ("municipality", "first_day")

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ("association", "municipality", "first_day", "ends_before")
        open = ("id",)

    class Meta:
        ordering = ("association", "municipality__code", "first_day", "pk")
        verbose_name = _("kommun i förbund")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("association", "municipality", "first_day"),
                name="coverage_once_a_day",
                violation_error_message=_("Kommunen ingår redan från den dagen."),
            ),
            ends_after_start("coverage_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.first_day}"
