"""The dated rows of every code list: shipped first, then kept by the system administrator."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from finsam.access.tracking import tracked
from finsam.codes import rules
from finsam.values.codes.directions import explained


class Code(models.Model):
    """One code of one list for a period, with its source and whether anyone has confirmed it."""

    class Origin(models.TextChoices):
        """Who wrote the row; an upgrade never overwrites a local one."""

        SHIPPED = "shipped", _("följde med")
        LOCAL = "local", _("egen")

    list = models.CharField(_("lista"), max_length=32)
    code = models.CharField(_("kod"), max_length=64)
    label = models.CharField(_("namn"), max_length=200)
    label_en = models.CharField(_("namn på engelska"), max_length=200, blank=True)
    parent = models.CharField(_("hör till"), max_length=64, blank=True, default="")
    explanation = models.CharField(_("förklaring"), max_length=500, blank=True, default="")
    explanation_en = models.CharField(_("förklaring på engelska"), max_length=500, blank=True, default="")
    first_day = models.DateField(_("första dag"))
    ends_before = models.DateField(_("dagen efter sista dagen"), null=True, blank=True)
    source = models.CharField(_("källa"), max_length=300)
    verified = models.BooleanField(_("bekräftad"), default=False)
    origin = models.CharField(_("ursprung"), max_length=8, choices=Origin.choices, default=Origin.LOCAL)
    history = tracked()

    CODES: ClassVar = {"parent": "kind"}
    FORM = ("list", "code", "label", "label_en", "first_day", "ends_before", "source", "verified")

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = (
            "list",
            "code",
            "label",
            "label_en",
            "parent",
            "explanation",
            "explanation_en",
            "first_day",
            "ends_before",
            "source",
            "verified",
        )
        open = ("id", "origin")

    class Meta:
        ordering = ("list", "first_day", "pk")
        verbose_name = _("kod")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("list", "code", "first_day"),
                name="code_once_a_day",
                violation_error_message=_("Koden finns redan från den dagen. Välj en annan första dag."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("first_day")),
                name="code_ends_after_start",
                violation_error_message=_("Sista dagen ligger före första dagen. Rätta en av dem."),
            ),
        ]

    def __str__(self) -> str:
        return rules.words(self.label, self.label_en)

    @property
    def explained(self) -> str:
        """What the code stands for, in the language that is spoken: in its own words, or those it was shipped with."""
        return explained(self.code, {"sv": self.explanation, "en": self.explanation_en}, get_language() or "sv")
