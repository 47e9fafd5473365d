"""Lets a role that leads to identities, and a link that resets a password, take two people."""

from django.db import migrations, models

from finsam.access.edition import SHIPPED_AT

GIVEN_BY = ('granted_by', 'given av')
CONFIRMED_BY = ('confirmed_by', 'bekräftad av')


def fields():
    """What is new of grants, the same in their history."""
    for model in ('grant', 'historicalgrant'):
        for name, label in (GIVEN_BY, CONFIRMED_BY):
            field = models.BigIntegerField(blank=True, null=True, verbose_name=label)
            yield migrations.AddField(model_name=model, name=name, field=field)
        field = models.DateTimeField(blank=True, null=True, verbose_name='gäller från')
        yield migrations.AddField(model_name=model, name='holds_from', field=field)
    for model in ('user', 'historicaluser'):
        field = models.PositiveIntegerField(default=0, verbose_name='gånger alla inloggningar har avslutats')
        yield migrations.AddField(model_name=model, name='sessions_ended', field=field)


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0006_as_what_somebody_acted'),
    ]

    operations = [
        *fields(),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ('confirmed_by', None),
                    ('granted_by', None),
                    models.Q(('confirmed_by', models.F('granted_by')), _negated=True),
                    _connector='OR',
                ),
                name='grant_confirmed_by_another',
                violation_error_message='Den som har gett en roll bekräftar den inte.',
            ),
        ),
        migrations.AddField(
            model_name='invitation',
            name='resets',
            field=models.BooleanField(default=False, verbose_name='byter ett lösenord'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='made_by',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='gjord av'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='made_at',
            field=models.DateTimeField(default=SHIPPED_AT, verbose_name='gjord'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='invitation',
            name='confirmed_by',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='bekräftad av'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='bekräftad'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='told_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='sagt till användaren'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ('confirmed_by', None),
                    ('made_by', None),
                    models.Q(('confirmed_by', models.F('made_by')), _negated=True),
                    _connector='OR',
                ),
                name='link_confirmed_by_another',
                violation_error_message='Den som har gjort en engångslänk bekräftar den inte.',
            ),
        ),
    ]
