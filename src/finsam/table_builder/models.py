"""Bookmarks of open tables, free questions, and what users were answered before there were open tables."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AnsweredQuestion(models.Model):
    """What a user asked of a snapshot before there were open tables, and the protected table that was the answer."""

    user_id = models.BigIntegerField(_("användare"))
    snapshot = models.ForeignKey(
        "snapshots.Snapshot", models.CASCADE, verbose_name=_("ögonblicksbild"), related_name="answers"
    )
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
                condition=Q(number__gte=1, number__lte=50),  # no user could have more from one snapshot
                name="answer_among_those_protected_together",
                violation_error_message=_("Du har fått så många tabeller som skyddas tillsammans."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.snapshot_id} {self.number}"


class Bookmark(models.Model):
    """A view of an open table that a user keeps: which table, and its choice as the address has it.

    `gone` says what was asked by a question that somebody kept before there were open tables, and that none answers.
    """

    user_id = models.BigIntegerField(_("användare"))
    name = models.CharField(_("namn på bokmärket"), max_length=100)
    table = models.CharField(_("tabell"), max_length=100, blank=True, default="")
    choice = models.CharField(_("val i tabellen"), max_length=1000, blank=True, default="")
    gone = models.CharField(_("vad frågan var"), max_length=500, blank=True, default="")
    saved_at = models.DateTimeField(_("sparad"))

    FORM = ("name",)

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "user_id", "name", "table", "choice", "gone", "saved_at")

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("bokmärke")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("user_id", "name"),
                name="bookmark_has_a_name_of_its_own",
                violation_error_message=_("Du har redan ett bokmärke med det namnet. Välj ett annat."),
            ),
            models.CheckConstraint(
                condition=(Q(gone="") & ~Q(table="")) | (~Q(gone="") & Q(table="")),
                name="bookmark_of_a_table_or_gone",
                violation_error_message=_("Ett bokmärke är av en tabell, eller säger vad frågan var."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FreeQuestion(models.Model):
    """What somebody who answers for the statistics has counted freely: who, what, of which snapshot, and when.

    The exact figures are never stored. `hidden` are the cells that would be hidden if the table were let out, each a
    key and a count; none yet while that is being worked out. `refusal` says why it can't be let out.
    """

    user_id = models.BigIntegerField(_("användare"))
    snapshot = models.ForeignKey(
        "snapshots.Snapshot", models.PROTECT, verbose_name=_("ögonblicksbild"), related_name="free_questions"
    )
    question = models.TextField(_("fråga"))
    title = models.CharField(_("rubrik"), max_length=500)
    asked_at = models.DateTimeField(_("ställd"))
    hidden = models.JSONField(_("skulle döljas"), null=True, blank=True)
    refusal = models.CharField(_("kan inte lämnas ut"), max_length=1000, blank=True, default="")

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "user_id", "snapshot", "question", "title", "asked_at", "hidden", "refusal")

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name = _("fri fråga")

    def __str__(self) -> str:
        return f"{self.user_id} {self.snapshot_id} {self.title}"

    @property
    def is_waiting(self) -> bool:
        """Whether what would be hidden is still to be worked out."""
        return self.hidden is None and not self.refusal
