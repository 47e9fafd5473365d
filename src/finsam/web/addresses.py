"""Addresses of pages that may not exist in this installation."""

from functools import cache

from django.urls import NoReverseMatch, get_script_prefix, reverse


def address(page: str, *args: object) -> str:
    """The address of a page by its name, or '' when the page isn't installed."""
    if not args:
        return _fixed(page, get_script_prefix())
    try:
        return reverse(page, args=args)
    except NoReverseMatch:
        return ""


@cache
def _fixed(page: str, _prefix: str) -> str:
    """The address of a page that is about no record: every menu asks for all of them, several times."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""
