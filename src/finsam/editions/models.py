"""Editions kept for good, the compiling of them, reports for work, and figures from elsewhere to compare with."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finsam.access.models import User
from finsam.access.tracking import tracked
from finsam.disclosure.cells import Rule
from finsam.reports.commission import Commission


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
    snapshot = models.ForeignKey(
        "snapshots.Snapshot", models.PROTECT, verbose_name=_("ögonblicksbild"), related_name="runs"
    )
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


class Edition(models.Model):
    """A publication that is stored for good: what it was made of, and who compiled, reviewed and published it."""

    class State(models.TextChoices):
        """Where an edition is; see EDITION_TRANSITIONS in rules."""

        DRAFTED = "drafted", _("utkast")
        REVIEWED = "reviewed", _("granskad")
        PUBLISHED = "published", _("publicerad")
        REPLACED = "replaced", _("ersatt")

    identifier = models.CharField(_("id"), max_length=100, unique=True)
    digest = models.CharField(_("kontrollsumma"), max_length=64, unique=True)
    report = models.CharField(_("rapport"), max_length=64)
    year = models.PositiveSmallIntegerField(_("år"))
    language = models.CharField(_("språk"), max_length=2, default="sv")
    snapshot = models.ForeignKey(
        "snapshots.Snapshot", models.PROTECT, verbose_name=_("ögonblicksbild"), related_name="editions"
    )
    threshold = models.PositiveSmallIntegerField(_("minsta antal som visas"))
    zeros_published = models.BooleanField(_("nollor visas"))
    software = models.CharField(_("programvara"), max_length=64)
    state = models.CharField(_("läge"), max_length=9, choices=State.choices, default=State.DRAFTED)
    compiled_by = models.BigIntegerField(_("sammanställd av"), null=True, blank=True)
    compiled_at = models.DateTimeField(_("sammanställd"))
    reviewed_by = models.BigIntegerField(_("granskad av"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("granskad"), null=True, blank=True)
    published_by = models.BigIntegerField(_("publicerad av"), null=True, blank=True)
    published_at = models.DateTimeField(_("publicerad"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("ersätter"), related_name="replacements"
    )
    reason = models.CharField(_("orsak"), max_length=500, blank=True, default="")
    history = tracked()

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = (
            "id",
            "identifier",
            "digest",
            "report",
            "year",
            "language",
            "snapshot",
            "threshold",
            "zeros_published",
            "software",
            "state",
            "compiled_by",
            "compiled_at",
            "reviewed_by",
            "reviewed_at",
            "published_by",
            "published_at",
            "replaces",
            "reason",
        )

    class Meta:
        ordering = ("-compiled_at", "-pk")
        verbose_name = _("utgåva")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("report", "year", "language"),
                condition=Q(state="published") & ~Q(report="special"),
                name="edition_published_once",
                violation_error_message=_("Rapporten är redan publicerad för året. En rättelse ersätter den."),
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | Q(compiled_by=None) | ~Q(published_by=F("compiled_by")),
                name="edition_published_by_another",
                violation_error_message=_("Den som har sammanställt en utgåva publicerar den inte."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("published", "replaced"))
                | Q(published_by__isnull=False, published_at__isnull=False, reviewed_at__isnull=False),
                name="edition_published_by_someone",
                violation_error_message=_("En utgåva granskas och publiceras av någon."),
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, reason="") | (Q(replaces__isnull=False) & ~Q(reason="")),
                name="edition_correction_has_reason",
                violation_error_message=_("Skriv varför utgåvan rättas."),
            ),
        ]

    def __str__(self) -> str:
        return self.identifier

    @property
    def rule(self) -> Rule:
        """What was hidden when it was compiled."""
        return Rule(self.threshold, zeros_published=self.zeros_published)


class OutsideFigure(models.Model):
    """A figure that somebody else has published for one of our cells, typed in for comparison."""

    report = models.CharField(_("rapport"), max_length=64)
    table = models.CharField(_("tabell"), max_length=64)
    key = models.CharField(_("rad"), max_length=300)
    figure = models.CharField(_("mått"), max_length=64)
    number = models.DecimalField(_("siffra"), max_digits=12, decimal_places=1)
    source = models.CharField(_("källa"), max_length=300)
    history = tracked()

    FORM = ("number", "source")

    class Privacy:
        """Which fields say what about whom; published totals."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "report", "table", "key", "figure", "number", "source")

    class Meta:
        ordering = ("report", "table", "key", "figure", "source", "pk")
        verbose_name = _("siffra utifrån")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("report", "table", "key", "figure", "source"),
                name="outside_figure_once",
                violation_error_message=_("Källan är redan jämförd med den siffran."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key} {self.source}"


class Compilation(models.Model):
    """One compiling of an edition in the background, with how far it has come."""

    class State(models.TextChoices):
        """Where it is; see TRANSITIONS in rules."""

        WAITING = "waiting", _("väntar")
        RUNNING = "running", _("pågår")
        DONE = "done", _("klar")
        FAILED = "failed", _("misslyckades")

    report = models.CharField(_("rapport"), max_length=64)
    year = models.PositiveSmallIntegerField(_("år"))
    language = models.CharField(_("språk"), max_length=2, default="sv")
    snapshot = models.ForeignKey(
        "snapshots.Snapshot", models.PROTECT, verbose_name=_("ögonblicksbild"), related_name="compilations"
    )
    replaces = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, verbose_name=_("ersätter"), related_name="corrections"
    )
    reason = models.CharField(_("orsak"), max_length=500, blank=True, default="")
    threshold = models.PositiveSmallIntegerField(_("döljer antal under"), default=5)
    hide_zeros = models.BooleanField(_("döljer nollor"), default=False)
    without = models.JSONField(_("utelämnade tabeller"), default=list, blank=True)
    rounded = models.JSONField(_("avrundade tabeller"), default=list, blank=True)
    corrects = models.JSONField(_("rättade tabeller"), default=list, blank=True)
    question = models.TextField(_("fråga"), blank=True, default="")
    title = models.CharField(_("titel"), max_length=200, blank=True, default="")
    purpose = models.CharField(_("varför"), max_length=500, blank=True, default="")
    recipient = models.CharField(_("för vem"), max_length=200, blank=True, default="")
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, verbose_name=_("utgåva"), related_name="compilations"
    )
    state = models.CharField(_("läge"), max_length=8, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(_("procent klart"), default=0)
    step = models.CharField(_("steg"), max_length=200, blank=True, default="")
    requested_by = models.BigIntegerField(_("beställd av"), null=True, blank=True)
    requested_at = models.DateTimeField(_("beställd"))
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
            "replaces",
            "reason",
            "threshold",
            "hide_zeros",
            "without",
            "rounded",
            "corrects",
            "question",
            "title",
            "purpose",
            "recipient",
            "edition",
            "state",
            "progress",
            "step",
            "requested_by",
            "requested_at",
            "message",
        )

    class Meta:
        ordering = ("-requested_at", "-pk")
        verbose_name = _("sammanställning")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(progress__lte=100),
                name="compilation_progress_in_percent",
                violation_error_message=_("Procenten ska ligga mellan 0 och 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year}"

    @property
    def commission(self) -> Commission:
        """What a special edition is ordered for."""
        return Commission(self.question, self.title, self.purpose, self.recipient)


class Work(models.Model):
    """What is done in the background, as far as it has come: by whom it was ordered, where it is, and how it ended."""

    class State(models.TextChoices):
        """Where it is; see TRANSITIONS in rules."""

        WAITING = "waiting", _("väntar")
        RUNNING = "running", _("pågår")
        DONE = "done", _("klar")
        FAILED = "failed", _("misslyckades")

    UNDER_WAY = (State.WAITING, State.RUNNING)

    state = models.CharField(_("läge"), max_length=8, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(_("procent klart"), default=0)
    step = models.CharField(_("steg"), max_length=200, blank=True, default="")
    requested_by = models.BigIntegerField(_("beställd av"), null=True, blank=True)
    requested_at = models.DateTimeField(_("beställd"))
    message = models.CharField(_("meddelande"), max_length=1000, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def is_under_way(self) -> bool:
        """Whether it is still to end."""
        return self.state in self.UNDER_WAY


class EditionWork(Work):
    """One publishing of an edition, or one attack on it; the message is why it was refused, or what was found."""

    class Kind(models.TextChoices):
        """What is done with the edition."""

        PUBLISH = "publish", _("publicering")
        ATTACK = "attack", _("angrepp")

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name=_("utgåva"), related_name="work")
    kind = models.CharField(_("vad som görs"), max_length=7, choices=Kind.choices)

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "edition", "kind", "state", "progress", "step", "requested_by", "requested_at", "message")

    class Meta:
        ordering = ("-requested_at", "-pk")
        verbose_name = _("arbete med en utgåva")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(progress__lte=100),
                name="edition_work_progress_in_percent",
                violation_error_message=_("Procenten ska ligga mellan 0 och 100."),
            ),
            models.UniqueConstraint(
                fields=("edition", "kind"),
                condition=Q(state__in=("waiting", "running")),
                name="edition_work_once_at_a_time",
                violation_error_message=_("Det är redan beställt. Följ det på utgåvans sida."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.edition_id}"
