"""Tells, in the home it is run in, what has become of the records of the divided room."""

import json
import os

import django


def main() -> None:
    """Tell it as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from django.db import DatabaseError, connection, transaction
    from django_tasks_db.models import DBTaskResult

    from finsam.access.models import AuditRow
    from finsam.editions.models import Compilation
    from finsam.late.models import Triangle
    from finsam.table_builder.models import AnsweredQuestion, Bookmark

    def is_changed() -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("UPDATE editions_edition SET year = 1900 WHERE state = 'published'")
        except DatabaseError:
            return False
        return True

    waiting = Compilation.objects.get(state="waiting")
    DBTaskResult.objects.filter(task_path__endswith="produce_report").delete()  # its run was performed by hand
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    waiting.refresh_from_db()
    tables = set(connection.introspection.table_names())
    wanted = {model._meta.db_table for config in django.apps.apps.get_app_configs() for model in config.get_models()}
    named = [*ContentType.objects.filter(app_label="reporting").values_list("model", flat=True)]
    named += [*AuditRow.objects.filter(model__startswith="reporting.").values_list("model", flat=True)]
    named += [table for table in tables if table.startswith("reporting_")]
    done = [row.task_path.rsplit(".", 1)[1] for row in DBTaskResult.objects.filter(status="SUCCESSFUL")]
    told = {
        "missing": sorted(wanted - tables),
        "names of before": named,
        "answers": AnsweredQuestion.objects.count(),
        "saved": Bookmark.objects.count(),
        "counted late": Triangle.objects.count(),
        "published edition can be changed": is_changed(),
        "done in the background": done if waiting.state == "done" or waiting.message else [],
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
