"""Saved questions become bookmarks of open tables: each is moved to the nearest table, or says that it is gone.

What there was to ask, and which open tables there were, is written down here as it was then: the list of figures and
the collection go on changing, and a home may be brought over by a later version.
"""

import json
from urllib.parse import urlencode

from django.db import migrations, models



def _flows(unit, *flows):
    return {flow: (f'{unit}_{flow}',) for flow in flows or ('ongoing', 'new', 'ended')}


def _of(figure, *counts):
    return {count: (figure,) for count in counts}


# Each table: what it is split by, the columns with the figures that each is a count of, and whether it has quarters.
REGISTERED = {
    'identified': ('participants',),
    'anonymous': ('participants', 'heads'),
    'volume': ('participants', 'heads'),
    'participants': ('participants',),
}
SUPPORTS = _of('participations_supports', 'before', 'after')
OCCUPATIONS = _of('participations_occupations', 'before', 'after')
WORK = _of('participations_work_or_study', 'ended', 'active', 'gained')
ENDED = _of('participations_ended', 'participations')
ENDED_PERSONS = _of('persons_ended', 'persons')
ONGOING_PERSONS = _of('persons_ongoing', 'persons')
THERE = {'interventions': ('interventions',), 'associations': ('associations',)}
TABLES = {
    'registered_associations': (('association', 'sex'), REGISTERED, False),
    'registered_interventions': (('intervention',), REGISTERED, False),
    'planned_associations': (('association',), _of('planned_and_actual', 'planned'), False),
    'persons_municipalities': (('municipality', 'sex'), ONGOING_PERSONS, False),
    'persons_nation': (('age_group', 'sex'), _flows('persons'), False),
    'persons_counties': (('county', 'age_band', 'sex'), _flows('persons'), False),
    'persons_associations': (('association', 'sex'), _flows('persons'), False),
    'stays_nation': (('age_group', 'sex'), _flows('participations'), False),
    'stays_counties': (('county', 'age_band', 'sex'), _flows('participations'), False),
    'stays_quarters': (('association',), _flows('participations', 'new', 'ended'), True),
    'work_nation': (('age_group', 'sex'), WORK, False),
    'work_counties': (('county', 'sex'), WORK, False),
    'work_associations': (('association',), WORK, False),
    'occupations_nation': (('occupation', 'age_group', 'sex'), OCCUPATIONS, False),
    'occupations_counties': (('occupation', 'county', 'sex'), OCCUPATIONS, False),
    'occupations_associations': (('activity', 'association'), OCCUPATIONS, False),
    'supports_nation': (('support', 'age_band', 'sex'), SUPPORTS, False),
    'supports_counties': (('support', 'county', 'sex'), SUPPORTS, False),
    'reasons_nation': (('end_reason', 'sex'), ENDED, False),
    'reasons_counties': (('end_reason', 'county'), ENDED, False),
    'needs_nation': (('need_group', 'sex'), ONGOING_PERSONS, False),
    'needs_counties': (('need_group', 'county'), ONGOING_PERSONS, False),
    'educations_nation': (('education', 'sex'), ENDED_PERSONS, False),
    'educations_counties': (('education', 'county'), ENDED_PERSONS, False),
    'support_times_nation': (('support_time', 'sex'), ENDED, False),
    'support_times_counties': (('support_time', 'county'), ENDED, False),
    'lengths_nation': (('stay_length', 'sex'), ENDED, False),
    'lengths_counties': (('stay_length', 'county'), ENDED, False),
    'interventions_directions': (('direction',), THERE, False),
    'interventions_kinds': (('target_group', 'kind'), THERE, False),
}
PLACES = {'association', 'intervention', 'municipality', 'county'}
COARSER = {'age_group': 'age_band', 'occupation': 'activity'}  # what tells nearly the same of a split, in fewer parts
FIGURES = {
    'persons_ongoing': 'Pågående deltagare',
    'persons_new': 'Nya deltagare',
    'persons_ended': 'Deltagare som har avslutat',
    'participations_ongoing': 'Pågående deltaganden',
    'participations_new': 'Nya deltaganden',
    'participations_ended': 'Avslutade deltaganden',
    'persons_supports': 'Deltagare som har avslutat, försörjning före och efter',
    'persons_occupations': 'Deltagare som har avslutat, sysselsättning före och efter',
    'persons_work_or_study': 'Deltagare som har avslutat, och de i arbete eller studier',
    'participations_supports': 'Avslutade deltaganden, försörjning före och efter',
    'participations_occupations': 'Avslutade deltaganden, sysselsättning före och efter',
    'participations_work_or_study': 'Avslutade deltaganden, och de som ledde till arbete eller studier',
    'heads': 'Deltagare räknade utan personuppgifter',
    'structural_heads': 'Deltagare i strukturövergripande insatser',
    'participants': 'Alla deltagare, med och utan personuppgifter',
    'planned_and_actual': 'Planerat och verkligt antal deltagare',
    'interventions': 'Insatser',
    'associations': 'Samordningsförbund',
}
DIMENSIONS = {
    'sex': 'kön',
    'age_group': 'ålder',
    'municipality': 'bostadskommun',
    'county': 'bostadslän',
    'education': 'utbildning',
    'support_time': 'tid i försörjning före',
    'stay_number': 'vilken gång i ordningen',
    'at_once': 'insatser samtidigt',
    'support': 'försörjning före',
    'support_after': 'försörjning efter',
    'need_group': 'behovsgrupp',
    'occupation': 'sysselsättning före',
    'occupation_after': 'sysselsättning efter',
    'end_reason': 'avslutsanledning',
    'association': 'förbund',
    'association_county': 'förbundets län',
    'intervention': 'insats',
    'direction': 'preciserad inriktning',
    'kind': 'insatstyp',
    'method': 'registreringssätt',
    'target_group': 'insatsens målgrupp',
    'party': 'utförande part',
}


def nearest(asked):
    """The open table that answers most of a question, and what to choose of it; None where none does.

    It has the figure, and all that the question is filtered by, since others' figures would be no answer. Of what the
    question is split by it has as much as any, and something if there is anything.
    """
    where = dict(asked['where'])
    fit = [name for name in TABLES if _has(TABLES[name], asked, where)]
    best = max(fit, key=lambda name: _likeness(TABLES[name], asked, where), default=None)
    if best is None or (asked['by'] and not _shown(TABLES[best][0], asked['by'])):
        return None
    return best, _choice(TABLES[best], asked, where)


def _has(table, asked, where):
    by, columns, _quarters = table
    return any(asked['figure'] in figures for figures in columns.values()) and set(where) <= set(by)


def _shown(by, wanted):
    """What a table is split by of what a question is, or in fewer parts."""
    pairs = [(name, name if name in by else COARSER.get(name)) for name in wanted]
    return {name: there for name, there in pairs if there in by}


def _likeness(table, asked, where):
    by, _columns, quarters = table
    shown = _shown(by, asked['by'])
    whole = sum(name == there for name, there in shown.items())
    return len(shown), quarters == ('K' in asked['first']), whole, -len(set(by) - set(shown.values()) - set(where))


def _choice(table, asked, where):
    """The choice as an address has it; what it doesn't name is as the table begins."""
    by, columns, quarters = table
    split = [*_shown(by, asked['by']).values(), *(name for name in by if name in where and name not in PLACES)]
    periods = ['quarter'] if quarters else ['year'] if asked['first'][:4] != asked['last'][:4] else []
    counts = [name for name, figures in columns.items() if asked['figure'] in figures]
    axes = sorted(dict.fromkeys(split), key=lambda name: name == 'sex')
    axes = [*axes[:1], *periods, *axes[1:], *(['measure'] if len(counts) > 1 else [])][:3]
    others = [name for name in ('measure', 'year', *by) if name not in axes and name not in where]
    if len(columns) == 1:
        others.remove('measure')
    axes += others[: max(0, 2 - len(axes))]
    found = dict(zip(('rows', 'columns', 'under'), axes, strict=False))
    if 'year' not in axes:
        found['year'] = asked['last'][:4]
    if 'measure' not in axes:
        found['measure'] = counts[0]
    place = [code for name, code in where.items() if name in PLACES]
    return found | ({'place': place[0]} if place else {})


def told(asked):
    """What a question asked for, in words, where no answer to it has a heading."""
    figure = FIGURES.get(asked['figure'], asked['figure'])
    split, kept = ([DIMENSIONS.get(name, name) for name in names] for names in (asked['by'], dict(asked['where'])))
    by = f' efter {" och ".join(split)}' if split else ''
    part = f', en del av {" och ".join(kept)}' if kept else ''
    periods = asked['first'] if asked['first'] == asked['last'] else f'{asked["first"]}–{asked["last"]}'
    return f'{figure}{by}{part}. {periods}'


def move(apps, schema_editor):
    """Move each saved question; the heading that its answer had says best what one that is gone was."""
    answers = apps.get_model('table_builder', 'AnsweredQuestion').objects
    for row in apps.get_model('table_builder', 'Bookmark').objects.order_by('pk'):
        asked = json.loads(row.question)
        found = nearest(asked)
        if found is None:
            had = answers.filter(user_id=row.user_id, question=row.question).order_by('pk').last()
            row.gone = had.title if had else told(asked)[:500]
        else:
            row.table, row.choice = found[0], urlencode(found[1])
        row.save(update_fields=['table', 'choice', 'gone'])
    events = apps.get_model('access', 'AuditRow').objects.filter(model='table_builder.savedquestion')
    events.update(model='table_builder.bookmark')


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0001_initial'),
        ('table_builder', '0003_answers_go_with_their_snapshot'),
    ]

    operations = [
        migrations.RemoveConstraint('SavedQuestion', 'saved_question_has_a_name_of_its_own'),
        migrations.RenameModel('SavedQuestion', 'Bookmark'),
        migrations.AlterModelOptions('Bookmark', {'ordering': ('name', 'pk'), 'verbose_name': 'bokmärke'}),
        migrations.AddField('Bookmark', 'table', models.CharField(blank=True, default='', max_length=100, verbose_name='tabell')),
        migrations.AddField('Bookmark', 'choice', models.CharField(blank=True, default='', max_length=1000, verbose_name='val i tabellen')),
        migrations.AddField('Bookmark', 'gone', models.CharField(blank=True, default='', max_length=500, verbose_name='vad frågan var')),
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveField('Bookmark', 'question'),
        migrations.AlterField('Bookmark', 'name', models.CharField(max_length=100, verbose_name='namn på bokmärket')),
        migrations.AddConstraint('Bookmark', models.UniqueConstraint(fields=('user_id', 'name'), name='bookmark_has_a_name_of_its_own', violation_error_message='Du har redan ett bokmärke med det namnet. Välj ett annat.')),
        migrations.AddConstraint('Bookmark', models.CheckConstraint(condition=models.Q(models.Q(('gone', ''), models.Q(('table', ''), _negated=True)), models.Q(models.Q(('gone', ''), _negated=True), ('table', '')), _connector='OR'), name='bookmark_of_a_table_or_gone', violation_error_message='Ett bokmärke är av en tabell, eller säger vad frågan var.')),
    ]
