"""Takes the home it is run in back to a version with fewer codes, in which an administrator had been at work."""

import os
from datetime import date
from functools import partial

import django


def main() -> None:
    """Take shipped rows away, close and rename others, add some of the home's own, and undo the newest tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from django.core.management import call_command

    from finsam.cli.home import opening
    from finsam.codes import actions
    from finsam.codes.models import Code

    actor = opening.operator()
    for list_key, code in (("support", "student_aid"), ("end_reason", "other"), ("education", "post_secondary")):
        row = Code.objects.get(list=list_key, code=code)
        Code.history.filter(id=row.pk).delete()
        row.delete()
    add = partial(actions.add, actor=actor, source="Eget beslut")
    add(list="end_reason", code="other", label="Eget", first_day=date(2010, 1, 1))
    actions.close(actor=actor, row=Code.objects.get(code="activity_grant"), ends_before=date(2020, 1, 1))
    renamed = Code.objects.get(list="support", code="none")
    actions.close(actor=actor, row=renamed, ends_before=date(2021, 1, 1))
    add(list="support", code="none", label="Ingen", first_day=date(2021, 1, 1))
    actions.confirm(actor=actor, row=Code.objects.get(code="other_support"), source="Blankett 9448")
    call_command("migrate", "codes", "0002", verbosity=0)


if __name__ == "__main__":
    main()
