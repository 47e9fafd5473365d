"""What is asked of a password: Django's own checks, with sentences that say what to choose instead."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class LongEnough(password_validation.MinimumLengthValidator):
    """Refuses a short password."""

    def get_error_message(self) -> str:
        """Why it is refused."""
        return _("Lösenordet är för kort. Välj minst %(n)s tecken, gärna några ord efter varandra.") % {
            "n": self.min_length
        }


class OfOnesOwn(password_validation.CommonPasswordValidator):
    """Refuses a password that many have."""

    def get_error_message(self) -> str:
        """Why it is refused."""
        return _("Många använder det lösenordet, och det är lätt att gissa. Välj ett annat, gärna några ord.")


class NotOneself(password_validation.UserAttributeSimilarityValidator):
    """Refuses a password made of one's name or address."""

    def get_error_message(self) -> str:
        """Why it is refused."""
        return _("Lösenordet liknar ditt namn eller din e-postadress. Välj ett som inte gör det.")
