"""Says how many heads and planned participants a year can have at most."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interventions', '0003_assignments_run_on_days'),
    ]

    operations = [
        migrations.AlterField(
            model_name='headcount',
            name='men',
            field=models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(99999, 'Talet är för stort. Skriv högst 99 999.')], verbose_name='män'),
        ),
        migrations.AlterField(
            model_name='headcount',
            name='women',
            field=models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(99999, 'Talet är för stort. Skriv högst 99 999.')], verbose_name='kvinnor'),
        ),
        migrations.AlterField(
            model_name='historicalheadcount',
            name='men',
            field=models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(99999, 'Talet är för stort. Skriv högst 99 999.')], verbose_name='män'),
        ),
        migrations.AlterField(
            model_name='historicalheadcount',
            name='women',
            field=models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(99999, 'Talet är för stort. Skriv högst 99 999.')], verbose_name='kvinnor'),
        ),
        migrations.AlterField(
            model_name='historicalplan',
            name='participants',
            field=models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(99999, 'Talet är för stort. Skriv högst 99 999.')], verbose_name='planerat antal deltagare'),
        ),
        migrations.AlterField(
            model_name='plan',
            name='participants',
            field=models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(99999, 'Talet är för stort. Skriv högst 99 999.')], verbose_name='planerat antal deltagare'),
        ),
    ]
