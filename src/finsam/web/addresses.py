"""Addresses of pages that may not exist in this installation."""

from django.urls import NoReverseMatch, reverse


def address(page: str, *args: object) -> str:
    """The address of a page by its name, or '' when the page isn't installed."""
    try:
        return reverse(page, args=args)
    except NoReverseMatch:
        return ""
