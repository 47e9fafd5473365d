"""Takes old password digests out of the history of users."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_swedish_order'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='historicaluser',
            name='password',
        ),
    ]
