"""The cookies that are ours beside Django's: each for this server alone, and closed to scripts and other sites.

Where the address is https they are called `__Host-…`, as the session's is: a browser then takes them from this very
server over https and from nobody else, neither a neighbour under the same domain nor somebody on the line. Without
https a browser would refuse them so, and they have plain names. `config.environment.address` says which.
"""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpResponseBase


def give(response: HttpResponseBase, name: str, value: str, *, seconds: int | None = None) -> None:
    """Give the browser a cookie, until it is closed if nothing else is said."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=seconds, secure=secure, httponly=True, samesite="Lax")


class MessageCookie(CookieStorage):
    """What is said at the top of the next page, in a cookie of the name this address asks for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.cookie_name = settings.MESSAGE_COOKIE_NAME
        super().__init__(*args, **kwargs)


class Messages(FallbackStorage):
    """The same, and in the session when it is too much for a cookie; `settings.MESSAGE_STORAGE` names it."""

    storage_classes = (MessageCookie, SessionStorage)
