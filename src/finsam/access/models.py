"""Users, the organisations they work for, what they are granted, and the trails of changes and readings."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finsam.access.roles import NEED_A_SECOND, TABLE, Role
from finsam.access.tracking import SWEDISH, tracked


class Organisation(models.Model):
    """An association, one of its parties, or an authority that follows up; every user works for exactly one."""

    class Kind(models.TextChoices):
        """What sort of organisation it is; all but associations and authorities are parties."""

        ASSOCIATION = "association", _("samordningsförbund")
        SOCIAL_INSURANCE_AGENCY = "social_insurance_agency", _("Försäkringskassan")
        EMPLOYMENT_SERVICE = "employment_service", _("Arbetsförmedlingen")
        REGION = "region", _("region")
        MUNICIPALITY = "municipality", _("kommun")
        AUTHORITY = "authority", _("annan myndighet")

    kind = models.CharField(_("slag"), max_length=32, choices=Kind.choices)
    code = models.CharField(_("läns- eller kommunkod"), max_length=4, blank=True, default="")
    name = models.CharField(_("namn"), max_length=200, db_collation=SWEDISH)
    history = tracked()

    FORM = ("kind", "name")

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ("kind", "code", "name")
        open = ("id",)

    class Meta:
        ordering = ("kind", "code", "name", "pk")
        verbose_name = _("organisation")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("kind", "code"),
                condition=~Q(code=""),
                name="organisation_code_once",
                violation_error_message=_("Det finns redan en organisation med den koden. Välj den i listan."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Users(BaseUserManager["User"]):
    """Finds users by their e-mail address."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this address, whatever its letter case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Someone who signs in. Works for exactly one organisation."""

    class Language(models.TextChoices):
        """The languages of the pages."""

        SWEDISH = "sv", "Svenska"
        ENGLISH = "en", "English"

    last_login = None  # Django would save it at every sign-in, outside the audit trail and by the clock
    email = models.EmailField(
        _("e-postadress"),
        unique=True,
        error_messages={"unique": _("Det finns redan en användare med den adressen.")},
    )
    name = models.CharField(_("namn"), max_length=200, db_collation=SWEDISH)
    employer = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("arbetsgivare"), related_name="employees")
    is_active = models.BooleanField(_("får logga in"), default=True)
    language = models.CharField(_("språk"), max_length=2, choices=Language.choices, default=Language.SWEDISH)
    sessions_ended = models.PositiveIntegerField(_("gånger alla inloggningar har avslutats"), default=0)
    history = tracked(but=["password"])  # an old one must not be there to be found

    objects = Users()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    FORM = ("name", "email", "employer", "language")

    class Privacy:
        """Which fields say what about whom; a user's own name is staff data, not a participant's."""

        identity = ()
        personal = ("email", "name")
        statistics = ()
        open = ("id", "password", "employer", "is_active", "language", "sessions_ended")

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("användare")

    def __str__(self) -> str:
        return self.name

    def is_guarded(self) -> bool:
        """Whether a link in takes two people: someone has signed in, or a role that leads to identities holds."""
        return (
            self.has_usable_password() or self.grants.filter(role__in=NEED_A_SECOND, holds_from__isnull=False).exists()
        )

    def get_session_auth_hash(self) -> str:
        """What a session must know to go on: the password, and how often all sessions have been ended."""
        return self._of_this_round(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same by secrets that were in use before."""
        return (self._of_this_round(known) for known in super().get_session_auth_fallback_hash())

    def _of_this_round(self, known: str) -> str:
        return f"{known}.{self.sessions_ended}" if self.sessions_ended else known


class Grant(models.Model):
    """A role of a user, for some roles in one association; one that leads to identities holds when two have said so."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("användare"), related_name="grants")
    role = models.CharField(_("roll"), max_length=32)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("förbund"), related_name="grants"
    )
    granted_by = models.BigIntegerField(_("given av"), null=True, blank=True)
    confirmed_by = models.BigIntegerField(_("bekräftad av"), null=True, blank=True)
    holds_from = models.DateTimeField(_("gäller från"), null=True, blank=True)
    history = tracked()

    FORM = ("role", "organisation")

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "user", "role", "organisation", "granted_by", "confirmed_by", "holds_from")

    class Meta:
        ordering = ("user", "role", "organisation", "pk")
        verbose_name = _("behörighet")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("user", "role", "organisation"),
                nulls_distinct=False,
                name="grant_once",
                violation_error_message=_("Användaren har redan den rollen."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(granted_by=None) | ~Q(confirmed_by=F("granted_by")),
                name="grant_confirmed_by_another",
                violation_error_message=_("Den som har gett en roll bekräftar den inte."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"

    @property
    def label(self) -> str:
        """The role in words."""
        return str(TABLE[Role(self.role)].label)


class Invitation(models.Model):
    """A one-time link with which a user chooses a password; only the digest of its secret is kept.

    One that resets a password, or lets in someone who already holds a role that leads to identities, takes two.
    """

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("användare"), related_name="invitations")
    digest = models.CharField(_("kontrollsumma"), max_length=64, unique=True)
    expires_at = models.DateTimeField(_("gäller till"))
    used_at = models.DateTimeField(_("använd"), null=True, blank=True)
    resets = models.BooleanField(_("byter ett lösenord"), default=False)
    made_by = models.BigIntegerField(_("gjord av"), null=True, blank=True)
    made_at = models.DateTimeField(_("gjord"))
    confirmed_by = models.BigIntegerField(_("bekräftad av"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("bekräftad"), null=True, blank=True)
    told_at = models.DateTimeField(_("sagt till användaren"), null=True, blank=True)

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = (
            "id",
            "user",
            "digest",
            "expires_at",
            "used_at",
            "resets",
            "made_by",
            "made_at",
            "confirmed_by",
            "confirmed_at",
            "told_at",
        )

    class Meta:
        ordering = ("pk",)
        verbose_name = _("engångslänk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(made_by=None) | ~Q(confirmed_by=F("made_by")),
                name="link_confirmed_by_another",
                violation_error_message=_("Den som har gjort en engångslänk bekräftar den inte."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.expires_at}"

    def waits(self) -> bool:
        """Whether the link does not work until a second administrator has confirmed it."""
        return self.used_at is None and self.confirmed_at is None and self.user.is_guarded()


class Installation(models.Model):
    """This home: real or demo for good, and the version of the software that last wrote it. One row."""

    is_demo = models.BooleanField(_("demo"), default=False)
    fixed_today = models.DateField(_("dagens datum i demon"), null=True, blank=True)
    created_at = models.DateTimeField(_("skapad"))
    version = models.CharField(_("version"), max_length=32)

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "is_demo", "fixed_today", "created_at", "version")

    class Meta:
        verbose_name = _("installation")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="installation_is_one",
                violation_error_message=_("Databasen hör redan till en installation."),
            )
        ]

    def __str__(self) -> str:
        return self.version


class AuditRow(models.Model):
    """One thing done: who, when, what, to which record. What it was before and after stands in the row history."""

    at = models.DateTimeField(_("tid"))
    user_id = models.BigIntegerField(_("användare"), null=True)
    role = models.CharField(_("i rollen"), max_length=32, blank=True, default="")
    action = models.CharField(_("händelse"), max_length=64)
    model = models.CharField(_("slag av post"), max_length=64)
    record_id = models.BigIntegerField(_("post"), null=True)
    rows = models.PositiveIntegerField(_("antal rader"), default=1)

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "at", "user_id", "role", "action", "model", "record_id", "rows")

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("händelse")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("model", "record_id"), name="audit_by_record"),
            # What the page of events is narrowed by, each in the order in which it is shown.
            models.Index(fields=("at", "id"), name="audit_by_moment"),
            models.Index(fields=("user_id", "at", "id"), name="audit_by_user"),
            models.Index(fields=("action", "at", "id"), name="audit_by_action"),
            models.Index(fields=("model", "at", "id"), name="audit_by_model"),
        ]

    def __str__(self) -> str:
        return f"{self.at} {self.action}"


class ReadRow(models.Model):
    """A person's record read, a search by identity number or a linkage of all numbers, written before the answer."""

    class What(models.TextChoices):
        """What was read."""

        OPENED = "opened", _("öppnade personen")
        SEARCHED = "searched", _("sökte på personnummer")
        LINKED = "linked", _("samkörde allas personnummer")

    at = models.DateTimeField(_("tid"))
    user_id = models.BigIntegerField(_("användare"), null=True)
    role = models.CharField(_("i rollen"), max_length=32, blank=True, default="")
    what = models.CharField(_("vad"), max_length=16, choices=What.choices)
    record_id = models.BigIntegerField(_("person"), null=True)

    class Privacy:
        """Which fields say what about whom."""

        identity = ()
        personal = ()
        statistics = ()
        open = ("id", "at", "user_id", "role", "what", "record_id")

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("läsning")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("at", "id"), name="read_by_moment"),
            models.Index(fields=("user_id", "at", "id"), name="read_by_user"),
        ]

    def __str__(self) -> str:
        return f"{self.at} {self.what}"


def full_name(row: Any) -> str:
    """The name of a model as the trails write it: room.model."""
    return f"{row._meta.app_label}.{row._meta.model_name}"
