"""What a button carries of the record it changes."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from finsam.access.versions import version
from finsam.forms.conflicts import SEEN

register = template.Library()


@register.simple_tag
def seen(record: Any) -> SafeString:
    """A hidden field with the record's version: what the button does is refused when it is too old."""
    return format_html('<input type="hidden" name="{}" value="{}">', SEEN, version(record))
