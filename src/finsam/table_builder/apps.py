"""What the room does when it starts."""

from django.apps import AppConfig


class TableBuilder(AppConfig):
    """Answers that users had before are out: editions are protected beside them."""

    name = "finsam.table_builder"

    def ready(self) -> None:
        from finsam.editions.stored import former
        from finsam.table_builder import former_answers

        former.keep(former_answers.published)
