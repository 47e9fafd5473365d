"""A page with one form: the call of its action, what was refused, and the choice when two have changed one record."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from finsam.access.versions import Outdated
from finsam.forms.conflicts import SEEN, VersionedForm
from finsam.forms.page_form import PageForm, place
from finsam.forms.sentences import ours
from finsam.web.pieces import Crumb, Fact


def submit(form: forms.Form, action: Callable[..., Any], **kwargs: Any) -> Any:
    """Call an action with the form's cleaned fields; its refusal becomes the form's errors and the answer None.

    Nothing is called while something is left to choose (`form_page` shows it). Outdated goes on to `request.needs`.
    """
    if isinstance(form, VersionedForm) and form.version:
        form.stopped = form.conflict
        if form.stopped:
            return None
        kwargs[SEEN] = form.seen
    try:
        result = action(**kwargs, **form.cleaned_data)
    except Outdated:
        raise
    except ValidationError as refusal:
        place(form, refusal)
        return None
    return True if result is None else result


def attempt(request: HttpRequest, action: Callable[..., Any], *, done: str, **kwargs: Any) -> Any:
    """Call an action behind a button; say what was done, or why it was refused, at the top of the next page."""
    if SEEN in request.POST:
        kwargs[SEEN] = request.POST[SEEN]
    try:
        result = action(**kwargs)
    except ValidationError as refusal:
        messages.error(request, "\n".join(ours(refusal).messages))
        return None
    messages.success(request, done)
    return True if result is None else result


def is_outside(form: forms.Form) -> bool:
    """Whether new days were refused because something lies outside them."""
    return any(error.code == "outside" for errors in form.errors.as_data().values() for error in errors)


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    heading: str,
    button: str,
    crumbs: Sequence[Crumb],
    lead: str = "",
    aside: str = "",
    facts: Sequence[Fact] = (),
) -> HttpResponse:
    """A page with one form: what it is for, the fields, the button, and beside it the facts one needs to see."""
    if isinstance(form, VersionedForm) and form.stopped:
        return _conflict_page(request, form, button=button, crumbs=crumbs)
    return render(
        request,
        lists_or(request, form, "form_page.html"),
        {
            "form": form,
            "heading": heading,
            "button": button,
            "crumbs": crumbs,
            "lead": lead,
            "aside": aside,
            "facts": facts,
            "back": crumbs[-1].url,
        },
    )


def _conflict_page(request: HttpRequest, form: VersionedForm, *, button: str, crumbs: Sequence[Crumb]) -> HttpResponse:
    """What was written beside what stands now, when somebody else has saved since the form was opened."""
    context = {
        "form": form,
        "differences": form.differences(),
        "unchosen": form.unchosen(),
        "button": button,
        "crumbs": crumbs,
        "back": crumbs[-1].url,
    }
    return render(request, "conflict.html", context, status=409)


def lists_or(request: HttpRequest, form: forms.Form, page: str, lists: str = "parts/lists.html") -> str:
    """The template of a page, or to htmx of its lists alone when another day has been written."""
    return lists if isinstance(form, PageForm) and form.looks and "HX-Request" in request.headers else page
