"""Lets no assignment end before its first day."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interventions', '0002_swedish_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('ends_before__isnull', True), ('ends_before__gte', models.F('first_day')), _connector='OR'), name='assignment_ends_after_start', violation_error_message='Sista dagen ligger före första dagen. Rätta en av dem.'),
        ),
    ]
