"""Sessions that end when nobody has used them for an hour, without a row being written whenever somebody does.

When a session was last used stands in a cookie of its own, signed here and bound to the session: a page that is shown
writes nothing, so it waits for no other writer. The cookie is renewed at most every few minutes. Whoever lacks it, or
has an old one, is let in for an hour from sign-in, by the session's own row, and no longer: a session cookie alone that
somebody has come by is worth no more than that. Eight hours after sign-in all is over.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends import db
from django.core import signing
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from finsam.web.cookies import give
from finsam.web.request import Request

UNUSED: Final = timedelta(minutes=60)  # then a session is over
RENEWED: Final = timedelta(minutes=3)  # how old a cookie may be before another is given
SALT: Final = "finsam.web.idle"


class SessionStore(db.SessionStore):
    """A session in the database that knows when it began, and ends by that; `settings.SESSION_ENGINE` names it."""

    began_at: datetime | None = None

    def load(self) -> dict[str, Any]:
        """Read the session, and by when it ends when it began."""
        row = self._get_session_from_db()  # type: ignore[attr-defined]  # not in the stubs of Django
        if row is None:
            return {}
        self.began_at = row.expire_date - timedelta(seconds=self.get_session_cookie_age())
        return self.decode(row.session_data)

    def create(self) -> None:
        """Begin another session, as at sign-in."""
        self.began_at = None
        super().create()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Make the row to save; what is put into a session later makes it no longer."""
        row: Any = super().create_model_instance(data)
        if self.began_at is not None:
            row.expire_date = self.began_at + timedelta(seconds=self.get_session_cookie_age())
        return row


class IdleMiddleware:
    """Ends a session that nobody has used for an hour, says so, and notes that one is used."""

    def __init__(self, answer: Callable[[Request], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: Request) -> HttpResponseBase:
        """End the session before anything is shown, or note its use after."""
        now = timezone.now()
        used_at = last_used(request) if request.user.is_authenticated else now
        if used_at is None or used_at <= now - UNUSED:
            logout(request)
            messages.info(request, _("Du har loggats ut, för sidorna hade inte använts på en timme. Logga in igen."))
        response = self.answer(request)
        if request.user.is_authenticated:
            key = request.session.session_key
            if asks_by_itself(request):
                return response
            if used_at is None or used_at <= now - RENEWED or stamped_at(request, key) is None:
                give(response, settings.USED_COOKIE_NAME, stamp(key, now))
        elif settings.USED_COOKIE_NAME in request.COOKIES:
            response.delete_cookie(settings.USED_COOKIE_NAME, samesite="Lax")
        return response


def asks_by_itself(request: Request) -> bool:
    """Whether it is the page that asks, as one that follows work in the background does, and nobody who uses it."""
    return request.method == "GET" and "HX-Request" in request.headers


def last_used(request: Request) -> datetime | None:
    """When the session of a request was last used: by its cookie, or when it began; None if nobody knows."""
    began_at = request.session.began_at if isinstance(request.session, SessionStore) else None
    known = [stamped_at(request, request.session.session_key), began_at]
    return max((at for at in known if at is not None), default=None)


def stamp(key: str | None, at: datetime) -> str:
    """What a cookie says of when a session was used."""
    return signing.Signer(salt=SALT).sign(f"{_bound(key)}.{int(at.timestamp())}")


def stamped_at(request: Request, key: str | None) -> datetime | None:
    """When a session was used, by the cookie; None if there is none, or it is not ours or another session's."""
    try:
        said = signing.Signer(salt=SALT).unsign(request.COOKIES.get(settings.USED_COOKIE_NAME, ""))
    except signing.BadSignature:
        return None
    bound, _dot, seconds = said.partition(".")
    same = constant_time_compare(bound, _bound(key))
    return datetime.fromtimestamp(int(seconds), timezone.get_default_timezone()) if same else None


def _bound(key: str | None) -> str:
    return salted_hmac(SALT, key or "", algorithm="sha256").hexdigest()
