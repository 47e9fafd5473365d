"""Every address of the web door: each subject module lists its own paths."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Final

from django.apps import apps
from django.urls import URLPattern, URLResolver

SUBJECTS: Final = (
    "session",
    "start",
    "associations",
    "memberships",
    "interventions",
    "users",
    "codes",
    "events",
    "snapshots",
    "reports",
    "tables",
    "free_questions",
    "late",
    "editions",
    "edition_work",
    "provenance",
)

# Subjects that exist only when their room is installed.
SUBJECTS_OF_ROOMS: Final[Mapping[str, Sequence[str]]] = {"participants": ("participants",)}


def _paths(subject: str) -> list[URLPattern | URLResolver]:
    return list(import_module(f"finsam.web.{subject}").urlpatterns)


urlpatterns: list[URLPattern | URLResolver] = [path for subject in SUBJECTS for path in _paths(subject)]
urlpatterns += [
    path
    for room, subjects in SUBJECTS_OF_ROOMS.items()
    if apps.is_installed(f"finsam.{room}")
    for subject in subjects
    for path in _paths(subject)
]
