"""The page of a fault that no view has answered: what to do about a full disk, or that the fault is ours."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults

from finsam.values.full_disk import is_full

INSUFFICIENT_STORAGE = 507


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault; neither page asks the database, which may be what is at fault."""
    if is_full(sys.exception()):
        return HttpResponse(loader.get_template("full_disk.html").render(), status=INSUFFICIENT_STORAGE)
    return defaults.server_error(request)
