"""What several snapshots had of the same years, and the counting of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finsam.editions.models import Work


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


class LateCounting(Work):
    """One counting of late registration in the background: of which snapshots and beside which editions, as its key."""

    key = models.CharField(_("ögonblicksbilder"), max_length=64)

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "key", "state", "progress", "step", "requested_by", "requested_at", "message")

    class Meta:
        ordering = ("-requested_at", "-pk")
        verbose_name = _("räkning av eftersläpning")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(progress__lte=100),
                name="late_counting_progress_in_percent",
                violation_error_message=_("Procenten ska ligga mellan 0 och 100."),
            ),
            models.UniqueConstraint(
                fields=("key",),
                condition=Q(state__in=("waiting", "running")),
                name="late_counting_once_at_a_time",
                violation_error_message=_("Eftersläpningen räknas redan."),
            ),
        ]

    def __str__(self) -> str:
        return self.key
