"""What the room does when it starts."""

from django.apps import AppConfig


class Interventions(AppConfig):
    """Interventions lie in associations: what runs past an association's last day is counted before it is closed."""

    name = "finsam.interventions"

    def ready(self) -> None:
        from finsam.associations import holdings
        from finsam.interventions import queries

        holdings.hold("association", queries.outside_association)
