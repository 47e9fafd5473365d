"""Snapshots, linkages beside them, and how many received each benefit."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finsam.access.tracking import tracked


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
