"""What several snapshots had of the same years."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
