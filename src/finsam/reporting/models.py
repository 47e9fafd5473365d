"""Snapshots taken, recipients of benefits published elsewhere, and the runs that produce reports."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finsam.access.models import User
from finsam.access.tracking import tracked
from finsam.reporting import (
    edition_models,  # noqa: F401  Django looks for a room's models here
    rules,
)


class Snapshot(models.Model):
    """What is known of a snapshot beside its folder: its digest, and who took it when."""

    identifier = models.CharField(_("id"), max_length=23, unique=True)
    as_of = models.DateField(_("per dag"))
    digest = models.CharField(_("kontrollsumma"), max_length=64, unique=True)
    taken_by = models.BigIntegerField(_("tagen av"), null=True, blank=True)
    taken_at = models.DateTimeField(_("tagen"))
    rows = models.PositiveBigIntegerField(_("rader"))
    erased = models.PositiveIntegerField(_("gallrade personer"))

    class Privacy:
        """Which fields say what about whom; the rows about persons are in the folder, pseudonymous."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "identifier", "as_of", "digest", "taken_by", "taken_at", "rows", "erased")

    class Meta:
        ordering = ("as_of", "taken_at", "pk")
        verbose_name = _("ögonblicksbild")

    def __str__(self) -> str:
        return self.identifier


class Linkage(models.Model):
    """What is known of a linkage beside its folder: which snapshot it describes, whom it found, who stored it when."""

    identifier = models.CharField(_("id"), max_length=23, unique=True)
    digest = models.CharField(_("kontrollsumma"), max_length=64, unique=True)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, verbose_name=_("ögonblicksbild"), related_name="linkages")
    source = models.CharField(_("källa"), max_length=300, blank=True, default="")
    linked = models.PositiveIntegerField(_("samkörda personer"))
    not_ours = models.PositiveIntegerField(_("i filen men inte här"))
    not_in_file = models.PositiveIntegerField(_("här men inte i filen"))
    stored_by = models.BigIntegerField(_("inläst av"), null=True, blank=True)
    stored_at = models.DateTimeField(_("inläst"))

    class Privacy:
        """Which fields say what about whom; the rows about persons are in the folder, pseudonymous."""

        identity = ()
        personal = ()
        statistics = ()
        open = (
            "id",
            "identifier",
            "digest",
            "snapshot",
            "source",
            "linked",
            "not_ours",
            "not_in_file",
            "stored_by",
            "stored_at",
        )

    class Meta:
        ordering = ("stored_at", "pk")
        verbose_name = _("samkörning")

    def __str__(self) -> str:
        return self.identifier


class Denominator(models.Model):
    """How many received a benefit in a year, as somebody else has published it."""

    year = models.PositiveSmallIntegerField(_("år"))
    support = models.CharField(_("försörjning"), max_length=64)
    recipients = models.PositiveIntegerField(_("mottagare"))
    source = models.CharField(_("källa"), max_length=300)
    as_of = models.DateField(_("uppgiften hämtad"))
    history = tracked()

    class Privacy:
        """Which fields say what about whom; published totals."""

        identity = ()
        personal = ()
        statistics = ("year", "support", "recipients", "source", "as_of")
        open = ("id",)

    class Meta:
        ordering = ("year", "support", "pk")
        verbose_name = _("mottagare av en förmån")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("year", "support"),
                name="denominator_once_a_year",
                violation_error_message=_("Året har redan ett antal för den förmånen. Ändra det i stället."),
            ),
            models.CheckConstraint(
                condition=Q(recipients__gt=0),
                name="denominator_above_zero",
                violation_error_message=_("Antalet mottagare ska vara större än noll."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.support}"


class ReportRun(models.Model):
    """One production of a report in the background, with how far it has come."""

    class State(models.TextChoices):
        """Where a run is; see TRANSITIONS in rules."""

        WAITING = "waiting", _("väntar")
        RUNNING = "running", _("pågår")
        DONE = "done", _("klar")
        FAILED = "failed", _("misslyckades")

    report = models.CharField(_("rapport"), max_length=64)
    year = models.PositiveSmallIntegerField(_("år"))
    language = models.CharField(_("språk"), max_length=2, choices=User.Language.choices, default=User.Language.SWEDISH)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, verbose_name=_("ögonblicksbild"), related_name="runs")
    state = models.CharField(_("läge"), max_length=8, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(_("procent klart"), default=0)
    step = models.CharField(_("steg"), max_length=200, blank=True, default="")
    folder = models.CharField(_("mapp"), max_length=100, blank=True, default="")
    requested_by = models.BigIntegerField(_("beställd av"), null=True, blank=True)
    requested_at = models.DateTimeField(_("beställd"))
    finished_at = models.DateTimeField(_("färdig"), null=True, blank=True)
    message = models.CharField(_("meddelande"), max_length=500, blank=True, default="")

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = (
            "id",
            "report",
            "year",
            "language",
            "snapshot",
            "state",
            "progress",
            "step",
            "folder",
            "requested_by",
            "requested_at",
            "finished_at",
            "message",
        )

    class Meta:
        ordering = ("-requested_at", "-pk")
        verbose_name = _("rapportkörning")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(progress__lte=100),
                name="report_run_progress_in_percent",
                violation_error_message=_("Procenten ska ligga mellan 0 och 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year}"


class AnsweredQuestion(models.Model):
    """What a user has asked the table builder of a snapshot, and the protected table that was the answer."""

    user_id = models.BigIntegerField(_("användare"))
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, verbose_name=_("ögonblicksbild"), related_name="answers")
    number = models.PositiveSmallIntegerField(_("nummer i ordningen"))
    question = models.TextField(_("fråga"))
    title = models.CharField(_("rubrik"), max_length=500)
    answer = models.JSONField(_("svar"))
    asked_at = models.DateTimeField(_("ställd"))

    class Privacy:
        """Which fields say what about whom; the answer holds protected cells only."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "user_id", "snapshot", "number", "question", "title", "answer", "asked_at")

    class Meta:
        ordering = ("asked_at", "pk")
        verbose_name = _("besvarad fråga")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("user_id", "snapshot", "number"),
                name="answer_after_the_one_before",
                violation_error_message=_("En annan av dina tabeller räknades samtidigt. Försök igen."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=rules.MOST_ANSWERS),
                name="answer_among_those_protected_together",
                violation_error_message=_("Du har fått så många tabeller som skyddas tillsammans."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.snapshot_id} {self.number}"


class SavedQuestion(models.Model):
    """A question a user keeps, to be asked again of a newer snapshot."""

    user_id = models.BigIntegerField(_("användare"))
    name = models.CharField(_("namn på frågan"), max_length=100)
    question = models.TextField(_("fråga"))
    saved_at = models.DateTimeField(_("sparad"))

    FORM = ("name",)

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "user_id", "name", "question", "saved_at")

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("sparad fråga")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("user_id", "name"),
                name="saved_question_has_a_name_of_its_own",
                violation_error_message=_("Du har redan en tabell med det namnet. Välj ett annat."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Triangle(models.Model):
    """What several snapshots had of the same years, protected together: one row for each set of snapshots counted."""

    key = models.CharField(_("ögonblicksbilder"), max_length=64, unique=True)
    answer = models.JSONField(_("svar"))
    counted_by = models.BigIntegerField(_("räknad av"), null=True, blank=True)
    counted_at = models.DateTimeField(_("räknad"))

    class Privacy:
        """Which fields say what about whom; the answer holds protected cells only."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "key", "answer", "counted_by", "counted_at")

    class Meta:
        ordering = ("counted_at", "pk")
        verbose_name = _("eftersläpning")

    def __str__(self) -> str:
        return self.key
