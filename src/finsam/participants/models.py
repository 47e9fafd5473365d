"""Persons, their pseudonyms and consents, and their participations in interventions."""

from datetime import date
from typing import ClassVar

from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finsam.access.actors import Scope
from finsam.access.models import Organisation
from finsam.access.tracking import tracked
from finsam.associations.models import Municipality
from finsam.interventions.models import Assignment, Intervention
from finsam.participants import ciphers

INDEX_LENGTH = 96  # the id of a key, a colon and 64 digits


class Pseudonym(models.Model):
    """One human of this installation in statistics: from the blind index to a random 128-bit name.

    Deleting the row makes every earlier snapshot anonymous for that human. A human who turned out to have two numbers
    has two rows, of which one counts; a row without a number is known by earlier snapshots only.
    """

    blind_index = models.CharField(_("blindindex"), max_length=INDEX_LENGTH, unique=True, null=True, blank=True)
    value = models.CharField(_("pseudonym"), max_length=32, unique=True)
    same_as = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("samma person som"), related_name="joined", null=True, blank=True
    )

    class Privacy:
        """Which fields say what about whom."""

        identity = ("blind_index",)
        personal = ()
        statistics = ("value",)
        open = ("id", "same_as")

    class Meta:
        ordering = ("pk",)
        verbose_name = _("pseudonym")

    def __str__(self) -> str:
        return f"{self.pk}"


class Person(models.Model):
    """A participant as one controller knows them. Name and number are sealed."""

    controller = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("personuppgiftsansvarig"), related_name="persons"
    )
    pseudonym = models.ForeignKey(Pseudonym, models.PROTECT, verbose_name=_("pseudonym"), related_name="persons")
    sealed_name = models.BinaryField(_("namn"))
    sealed_number = models.BinaryField(_("personnummer"))
    blind_index = models.CharField(_("blindindex"), max_length=INDEX_LENGTH, db_index=True)
    sex = models.CharField(_("kön"), max_length=5, choices=[("women", _("kvinna")), ("men", _("man"))])
    birth_year = models.PositiveSmallIntegerField(_("födelseår"))
    history = tracked()

    SILENT = ("pseudonym",)  # it changes by what another controller does, which nobody here is told

    class Privacy:
        """Which fields say what about whom."""

        identity = ("sealed_name", "sealed_number", "blind_index")
        personal = ()
        statistics = ("pseudonym", "sex", "birth_year")
        open = ("id", "controller")

    class Meta:
        ordering = ("pk",)
        verbose_name = _("deltagare")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("controller", "blind_index"),
                name="person_once_a_controller",
                violation_error_message=_("Personen finns redan hos den personuppgiftsansvarige."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def context(self, what: str) -> str:
        """What a sealed field is bound to, so that it opens nowhere else."""
        return ciphers.person_context(self.controller_id, self.blind_index, what)

    def hold(self, *, name: str, number: str) -> None:
        """Seal a name and a number into the record."""
        self.blind_index = ciphers.blind_index(number)
        self.sealed_name = ciphers.seal(name, self.context("name"))
        self.sealed_number = ciphers.seal(number, self.context("number"))

    def open_name(self) -> str:
        """The name; only for what has asked for the permission to see it."""
        return ciphers.unseal(self.sealed_name, self.context("name"))

    def open_number(self) -> str:
        """The twelve digits; only for what has asked for the permission to see them."""
        return ciphers.unseal(self.sealed_number, self.context("number"))

    def opens(self) -> bool:
        """Whether the keys at hand are those that the record was sealed and indexed with."""
        try:
            number = self.open_number()
        except (InvalidTag, ImproperlyConfigured):
            return False
        return self.blind_index in (ciphers.blind_index(number), *ciphers.older_indexes(number))

    def has_known_keys(self) -> bool:
        """Whether the keys at hand are called what those are called that the record was sealed and indexed with."""
        return ciphers.knows(self.sealed_number, self.blind_index)

    def scope(self, day: date) -> Scope:
        """Those who work, that day, in an intervention in which the person has or had a stay."""
        stays = self.participations.order_by("pk").values("intervention")
        running = Assignment.objects.filter(intervention__in=stays).running_on(day)
        return Scope(assigned=frozenset(running.order_by("pk").values_list("user_id", "role")))


class ConsentText(models.Model):
    """A version of the text a participant consents to."""

    version = models.CharField(_("version"), max_length=32, unique=True)
    text = models.TextField(_("text"))
    first_day = models.DateField(_("från och med"))
    verified = models.BooleanField(_("bekräftad"), default=False)
    history = tracked()

    FORM = ("version", "text", "first_day")

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "version", "text", "first_day", "verified")

    class Meta:
        ordering = ("first_day", "pk")
        verbose_name = _("samtyckestext")

    def __str__(self) -> str:
        return self.version


class Consent(models.Model):
    """A consent, recorded before anything identified: who gave it, when, to which text."""

    intervention = models.ForeignKey(Intervention, models.PROTECT, verbose_name=_("insats"), related_name="consents")
    given_by = models.CharField(_("lämnat av"), max_length=64)
    given_on = models.DateField(_("datum"), help_text=_("Dagen då samtycket skrevs under."))
    text = models.ForeignKey(ConsentText, models.PROTECT, verbose_name=_("samtyckestext"), related_name="consents")
    history = tracked()

    FORM = ("given_by", "given_on")

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ("given_by", "given_on")
        statistics = ()
        open = ("id", "intervention", "text")

    class Meta:
        ordering = ("pk",)
        verbose_name = _("samtycke")

    def __str__(self) -> str:
        return f"{self.given_on}"

    def scope(self, day: date) -> Scope:
        """The consent belongs to its intervention."""
        return self.intervention.scope(day)


class Participation(models.Model):
    """One stay of one person in one intervention."""

    intervention = models.ForeignKey(
        Intervention, models.PROTECT, verbose_name=_("insats"), related_name="participations"
    )
    person = models.ForeignKey(Person, models.CASCADE, verbose_name=_("deltagare"), related_name="participations")
    consent = models.OneToOneField(Consent, models.PROTECT, verbose_name=_("samtycke"), related_name="participation")
    number = models.PositiveIntegerField(_("löpnummer"))
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name=_("bostadskommun"), related_name="participations"
    )
    starts_on = models.DateField(_("första dag i insatsen"))
    ends_before = models.DateField(_("dagen efter sista dagen"), null=True, blank=True)
    months_in_support = models.PositiveSmallIntegerField(_("tid i offentlig försörjning, månader"))
    education = models.CharField(_("högsta avslutade utbildning"), max_length=64)
    occupation_at_start = models.CharField(_("sysselsättning före"), max_length=64)
    extent_at_start = models.PositiveSmallIntegerField(_("omfattning före, procent"), null=True, blank=True)
    occupation_at_end = models.CharField(_("sysselsättning efter"), max_length=64, blank=True, default="")
    extent_at_end = models.PositiveSmallIntegerField(_("omfattning efter, procent"), null=True, blank=True)
    end_reason = models.CharField(_("avslutsanledning"), max_length=64, blank=True, default="")
    history = tracked()

    VALUES = ("supports", "needs")
    CODES: ClassVar = {"occupation_at_start": "occupation", "occupation_at_end": "occupation"}

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = (
            "intervention",
            "person",
            "municipality",
            "starts_on",
            "ends_before",
            "months_in_support",
            "education",
            "occupation_at_start",
            "extent_at_start",
            "occupation_at_end",
            "extent_at_end",
            "end_reason",
        )
        open = ("id", "consent", "number")

    class Meta:
        ordering = ("intervention", "-number", "pk")
        verbose_name = _("deltagande")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("intervention", "number"),
                name="participation_number_once",
                violation_error_message=_("Löpnumret är upptaget. Spara en gång till."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="participation_ends_after_start",
                violation_error_message=_("Sista dagen ligger före första dagen. Rätta en av dem."),
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(ends_before__isnull=False),
                name="participation_reason_needs_end",
                violation_error_message=_("Skriv sista dagen när du väljer avslutsanledning."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("intervention", "ends_before"), name="participation_open")
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    def scope(self, day: date) -> Scope:
        """The participation belongs to its intervention."""
        return self.intervention.scope(day)


class Support(models.Model):
    """One source of public support at the start or the end of a participation."""

    class Moment(models.TextChoices):
        """Before the intervention or after it."""

        START = "start", _("före")
        END = "end", _("efter")

    participation = models.ForeignKey(
        Participation, models.CASCADE, verbose_name=_("deltagande"), related_name="supports"
    )
    moment = models.CharField(_("när"), max_length=5, choices=Moment.choices)
    support = models.CharField(_("försörjning"), max_length=64)
    history = tracked()

    FORM = ("support",)

    class Privacy:
        """Which fields say what about whom; support tells of health."""

        identity = ()
        personal = ()
        statistics = ("participation", "moment", "support")
        open = ("id",)

    class Meta:
        ordering = ("participation", "moment", "support", "pk")
        verbose_name = _("försörjning")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("participation", "moment", "support"),
                name="support_once",
                violation_error_message=_("Försörjningen är redan vald."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.moment} {self.support}"


class Need(models.Model):
    """A need group the person belongs to in this participation."""

    participation = models.ForeignKey(Participation, models.CASCADE, verbose_name=_("deltagande"), related_name="needs")
    need_group = models.CharField(_("behovsgrupp"), max_length=64)
    history = tracked()

    FORM = ("need_group",)

    class Privacy:
        """Which fields say what about whom; a need group tells of health."""

        identity = ()
        personal = ()
        statistics = ("participation", "need_group")
        open = ("id",)

    class Meta:
        ordering = ("participation", "need_group", "pk")
        verbose_name = _("behovsgrupp hos deltagaren")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("participation", "need_group"),
                name="need_once",
                violation_error_message=_("Behovsgruppen är redan vald."),
            )
        ]

    def __str__(self) -> str:
        return self.need_group


class ErasureRow(models.Model):
    """That something was erased, and how much; never of whom."""

    at = models.DateTimeField(_("tid"))
    reason = models.CharField(_("skäl"), max_length=16)
    persons = models.PositiveIntegerField(_("personer"))
    participations = models.PositiveIntegerField(_("deltaganden"))

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ("at", "persons", "participations")
        open = ("id", "reason")

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("gallring")

    def __str__(self) -> str:
        return f"{self.at} {self.persons}"


class LinkageKey(models.Model):
    """The key of one linkage with another agency, sealed until it has been used and destroyed then."""

    fingerprint = models.CharField(_("fingeravtryck"), max_length=12, unique=True)
    sealed_key = models.BinaryField(_("nyckel"), null=True, blank=True)
    made_at = models.DateTimeField(_("gjord"))
    used_at = models.DateTimeField(_("använd"), null=True, blank=True)

    class Privacy:
        """Which fields say what about whom; with the key and a number its code can be worked out."""

        identity = ("sealed_key",)
        personal = ()
        statistics = ()
        open = ("id", "fingerprint", "made_at", "used_at")

    class Meta:
        ordering = ("made_at", "pk")
        verbose_name = _("nyckel för samkörning")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) ^ Q(sealed_key__isnull=True),
                name="linkage_key_destroyed_when_used",
                violation_error_message=_("En använd nyckel ska vara förstörd."),
            )
        ]

    def __str__(self) -> str:
        return self.fingerprint

    def hold(self, key: bytes) -> None:
        """Seal the key into the record."""
        self.sealed_key = ciphers.seal(key.hex(), ciphers.linkage_context(self.fingerprint))

    def open(self) -> bytes:
        """The key; only for working out codes."""
        if self.sealed_key is None:
            raise ValueError(f"The key {self.fingerprint} has been destroyed")
        return bytes.fromhex(ciphers.unseal(self.sealed_key, ciphers.linkage_context(self.fingerprint)))
