"""Lets roles that were granted before hold, and says of links who made them; one that is out and resets must be confirmed."""

from datetime import timedelta

from django.contrib.auth.hashers import is_password_usable
from django.db import migrations

from finsam.access.edition import SHIPPED_AT

LIFETIME = timedelta(days=7)  # as it was then


def let_hold(apps, schema_editor):
    """Every role holds from when it was given, also in what its history tells."""
    grant, past = apps.get_model('access', 'Grant'), apps.get_model('access', 'HistoricalGrant')
    given = {}
    for row in past.objects.filter(history_type='+').order_by('history_date', 'history_id'):
        given.setdefault(row.id, (row.history_date, row.history_user_id))
    for pk in grant.objects.order_by('pk').values_list('pk', flat=True):
        at, user_id = given.get(pk, (SHIPPED_AT, None))
        grant.objects.filter(pk=pk).update(granted_by=user_id, holds_from=at)
    for pk, (at, user_id) in given.items():
        past.objects.filter(id=pk).update(granted_by=user_id, holds_from=at)


def name_makers(apps, schema_editor):
    """Who made a link stands in the trail; the operator's links, made by nobody, work as they did."""
    made = apps.get_model('access', 'AuditRow').objects.filter(action='access.invite', model='access.invitation')
    makers = dict(made.order_by('at', 'pk').values_list('record_id', 'user_id'))
    for link in apps.get_model('access', 'Invitation').objects.select_related('user').order_by('pk'):
        link.made_by, link.made_at = makers.get(link.pk), link.expires_at - LIFETIME
        link.resets = link.used_at is None and is_password_usable(link.user.password)
        if link.pk in makers and link.made_by is None:
            link.confirmed_at = link.made_at
        link.save()


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0007_two_let_someone_in'),
    ]

    operations = [
        migrations.RunPython(let_hold, migrations.RunPython.noop),
        migrations.RunPython(name_makers, migrations.RunPython.noop),
    ]
