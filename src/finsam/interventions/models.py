"""Interventions (insatser) with their target groups, performing parties, plans, head counts and assignments."""

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from finsam.access.actors import Scope
from finsam.access.models import Organisation, User
from finsam.access.roles import Role
from finsam.access.tracking import SWEDISH, tracked
from finsam.associations.models import Association
from finsam.interventions import rules

AT_MOST = MaxValueValidator(rules.MOST, rules.TOO_MANY)


class Intervention(models.Model):
    """One intervention of one association."""

    association = models.ForeignKey(
        Association, models.PROTECT, verbose_name=_("förbund"), related_name="interventions"
    )
    name = models.CharField(_("namn"), max_length=200, db_collation=SWEDISH)
    description = models.TextField(_("beskrivning"), blank=True, help_text=_("Vad deltagarna får, kort."))
    starts_on = models.DateField(_("första dag"))
    ends_before = models.DateField(_("dagen efter sista dagen"), null=True, blank=True)
    kind = models.CharField(_("inriktning"), max_length=64)
    direction = models.CharField(_("preciserad inriktning"), max_length=64)
    method = models.CharField(
        _("deltagarregistrering"), max_length=64, help_text=_("Strukturövergripande insatser räknas i antal.")
    )
    controller = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("personuppgiftsansvarig"),
        related_name="controlled_interventions",
        help_text=_("Den part som ansvarar för deltagarnas uppgifter. Förbundet kan inte vara det."),
    )
    locked = models.BooleanField(_("låst"), default=False)
    history = tracked()

    FORM = ("name", "description", "starts_on", "kind", "direction", "method", "controller")
    VALUES = ("target_groups", "performers")

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ("association", "name", "starts_on", "ends_before", "kind", "direction", "method")
        open = ("id", "description", "controller", "locked")

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("insats")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="intervention_ends_after_start",
                violation_error_message=_("Insatsens sista dag ligger före den första. Rätta en av dem."),
            ),
            models.CheckConstraint(
                condition=~Q(method="identified") | Q(controller__isnull=False),
                name="intervention_names_controller",
                violation_error_message=_("Välj vilken part som är personuppgiftsansvarig."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Let no structural intervention begin with persons; one from before that was refused is kept as it is."""
        super().clean()
        if self._state.adding:
            rules.refuse_persons(self.kind, self.method)

    def scope(self, day: date) -> Scope:
        """The association, and everyone who works here that day, decide who may touch the intervention."""
        if day not in self._scopes:
            self._scopes[day] = self._scope(day)
        return self._scopes[day]

    def forget_scope(self) -> None:
        """Ask the database anew who works here; for whoever has just given or ended an assignment."""
        self._scopes.clear()

    @cached_property
    def _scopes(self) -> dict[date, Scope]:
        return {}

    def _scope(self, day: date) -> Scope:
        rows = list(self.assignments.running_on(day).order_by("pk").values_list("user_id", "role", "user__name"))
        leads = sorted({name for _user, role, name in rows if role == Role.INTERVENTION_LEAD})
        contact = _now("%(names)s kan ge dig uppdraget.") % {"names": _now(" eller ").join(leads)} if leads else ""
        return Scope(self.association.organisation_id, frozenset((user, role) for user, role, _name in rows), contact)


class TargetGroup(models.Model):
    """A need group the intervention is for."""

    intervention = models.ForeignKey(
        Intervention, models.CASCADE, verbose_name=_("insats"), related_name="target_groups"
    )
    need_group = models.CharField(_("behovsgrupp"), max_length=64)
    history = tracked()

    FORM = ("need_group",)

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ("intervention", "need_group")
        open = ("id",)

    class Meta:
        ordering = ("intervention", "need_group", "pk")
        verbose_name = _("behovsgrupp")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("intervention", "need_group"),
                name="target_group_once",
                violation_error_message=_("Behovsgruppen är redan vald."),
            )
        ]

    def __str__(self) -> str:
        return self.need_group


class Performer(models.Model):
    """A party that carries the intervention out."""

    intervention = models.ForeignKey(Intervention, models.CASCADE, verbose_name=_("insats"), related_name="performers")
    party = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("part"), related_name="performed")
    history = tracked()

    FORM = ("party",)

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ("intervention", "party")
        open = ("id",)

    class Meta:
        ordering = ("intervention", "party", "pk")
        verbose_name = _("utförande part")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("intervention", "party"),
                name="performer_once",
                violation_error_message=_("Parten är redan vald."),
            )
        ]

    def __str__(self) -> str:
        return str(self.party)


class Plan(models.Model):
    """How many participants are planned in a calendar year."""

    intervention = models.ForeignKey(Intervention, models.CASCADE, verbose_name=_("insats"), related_name="plans")
    year = models.PositiveSmallIntegerField(_("år"))
    participants = models.PositiveIntegerField(_("planerat antal deltagare"), validators=[AT_MOST])
    history = tracked()

    FORM = ("year", "participants")

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ("intervention", "year", "participants")
        open = ("id",)

    class Meta:
        ordering = ("intervention", "year", "pk")
        verbose_name = _("plan")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("intervention", "year"),
                name="plan_once_a_year",
                violation_error_message=_("Året har redan en plan. Ändra den i stället."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.participants}"


class HeadCount(models.Model):
    """Participants counted without names in one calendar year, and only in that one."""

    class Source(models.TextChoices):
        """Anonymous participants of an identified intervention, or the heads of a volume intervention."""

        ANONYMOUS = "anonymous", _("anonyma deltagare")
        VOLUME = "volume", _("volyminsats")

    intervention = models.ForeignKey(Intervention, models.CASCADE, verbose_name=_("insats"), related_name="head_counts")
    year = models.PositiveSmallIntegerField(_("år"))
    source = models.CharField(_("slag"), max_length=9, choices=Source.choices)
    women = models.PositiveIntegerField(_("kvinnor"), validators=[AT_MOST])
    men = models.PositiveIntegerField(_("män"), validators=[AT_MOST])
    history = tracked()

    FORM = ("year", "women", "men")

    class Privacy:
        """Which fields say what about whom; heads are numbers, not persons."""

        identity = ()
        personal = ()
        statistics = ("intervention", "year", "source", "women", "men")
        open = ("id",)

    class Meta:
        ordering = ("intervention", "year", "source", "pk")
        verbose_name = _("antal utan namn")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("intervention", "year", "source"),
                name="head_count_once_a_year",
                violation_error_message=_("Året är redan räknat. Ändra antalet i stället."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.women} + {self.men}"


class Assignments(models.QuerySet["Assignment"]):
    """Assignments by the day they run; the only places that say what that is."""

    def running_on(self, day: date) -> "Assignments":
        """Those that run on a day: begun by then, and not ended before it."""
        return self.filter(Q(ends_before=None) | Q(ends_before__gt=day), first_day__lte=day)

    def to_come(self, day: date) -> "Assignments":
        """Those that begin after a day; one that was taken back before it began has no day in it."""
        return self.filter(Q(ends_before=None) | Q(ends_before__gt=F("first_day")), first_day__gt=day)


class Assignment(models.Model):
    """A user's work in one intervention: lead or registrar. A role alone opens nothing."""

    intervention = models.ForeignKey(Intervention, models.CASCADE, verbose_name=_("insats"), related_name="assignments")
    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("användare"), related_name="assignments")
    role = models.CharField(_("roll"), max_length=32)
    first_day = models.DateField(_("från och med"))
    ends_before = models.DateField(_("dagen efter sista dagen"), null=True, blank=True)
    history = tracked()
    objects = Assignments.as_manager()

    FORM = ("user", "first_day", "ends_before")

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "intervention", "user", "role", "first_day", "ends_before")

    class Meta:
        ordering = ("intervention", "role", "user__name", "pk")
        verbose_name = _("uppdrag")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("intervention", "user", "role"),
                condition=Q(ends_before__isnull=True),
                name="assignment_once",
                violation_error_message=_("Personen har redan det uppdraget."),
            ),
            models.CheckConstraint(  # one that is taken back on its first day, or before it, has no day in it
                condition=Q(ends_before__isnull=True) | Q(ends_before__gte=F("first_day")),
                name="assignment_ends_after_start",
                violation_error_message=_("Sista dagen ligger före första dagen. Rätta en av dem."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"
