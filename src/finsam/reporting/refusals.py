"""What the plain floors refuse, said as a refusal of the room."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.values.sentences import SentenceError


@contextmanager
def in_words() -> Iterator[None]:
    """Let what the plain floors refuse be a refusal here."""
    try:
        yield
    except SentenceError as refusal:
        raise ValidationError(_(refusal.template), params=refusal.params or None) from refusal
