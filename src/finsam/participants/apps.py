"""What the room does when it starts."""

from django.apps import AppConfig


class Participants(AppConfig):
    """Stays lie in interventions: those outside new days are counted before the days are narrowed."""

    name = "finsam.participants"

    def ready(self) -> None:
        from finsam.associations import holdings
        from finsam.participants import queries

        holdings.hold("association", queries.outside)
        holdings.hold("intervention", queries.outside)
