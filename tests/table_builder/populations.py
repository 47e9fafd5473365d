"""Snapshots of invented people, and questions to them."""

import random
from dataclasses import replace
from datetime import date, timedelta

from finsam.disclosure.cells import Rule
from finsam.reports.commission import Commission
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from finsam.reports.special.question import Question
from tests.snapshots.populations import Population
from tests.tables import tables

LABELS = {"sex": {"women": {"sv": "kvinnor", "en": "women"}, "men": {"sv": "män", "en": "men"}}}
PLACES = "municipality | code | name | county_code\n180 | 0180 | Stockholm | 01\n127 | 0127 | Botkyrka | 01"


def snapshot(**texts):
    given = {"municipalities": PLACES, "associations": "association | number | name\n1 | 222000-0001 | Norra", **texts}
    return replace(tables(**given), labels=LABELS)


def population(women, men, **texts):
    """So many who began in 2020."""
    return snapshot(**Population().add(women, sex="women").add(men, sex="men").texts(), **texts)


def living(**persons):
    """So many women, each with a municipality, who began in 2020."""
    places = [place for place, many in persons.items() for _ in range(many)]
    lines = [f"{n} | {n} | women | {place[1:]} | 2020-03-01 |" for n, place in enumerate(places, start=1)]
    stays = "\n".join(["participation | person | sex | municipality | starts_on | ends_before", *lines])
    return snapshot(participations=stays)


def new_question(figure="persons_new", by=(), first="2020", last="2020", **where):
    return Question.of(figure, by, where, first, last)


def let_out(question, found):
    """The special edition of a question, beside nothing."""
    commission = Commission(question.key, "Titel", "Orsak", "Alla")
    source = Source(found, question.year, Rule(), "2021-01-31-0123456789ab", date(2021, 1, 31), commission=commission)
    return REPORTS["special"].compute(source)


def many(seed=1, persons=120):
    """People in two associations, with several stays, supports and places."""
    drawn = random.Random(seed)
    stays, supports = [], []
    for number in range(1, persons * 2 + 1):
        began, days = date(2019, 1, 1) + timedelta(drawn.randrange(730)), drawn.randrange(30, 400)
        facts = [drawn.randint(1, 2), drawn.choice(["women", "men"]), drawn.choice([180, 127]), began]
        work = drawn.choice(["work", "other"])
        stays.append(
            " | ".join(map(str, [number, number % persons, *facts, began + timedelta(days), "other", work, 1980]))
        )
        for moment in ("start", "end"):
            chosen = drawn.sample(["none", "sickness_cash_benefit", "social_assistance"], drawn.choice([1, 1, 2]))
            supports += [f"{number} | {moment} | {support}" for support in chosen]
    columns = "participation | person | intervention | sex | municipality | starts_on | ends_before"
    return snapshot(
        participations="\n".join([f"{columns} | occupation_at_start | occupation_at_end | birth_year", *stays]),
        supports="\n".join(["participation | moment | support", *supports]),
        interventions="intervention | association | direction\n1 | 1 | preparatory\n2 | 2 | preventive",
        associations="association | number | name\n1 | 222000-0001 | Norra\n2 | 222000-0002 | Södra",
        head_counts="intervention | year | source | women | men\n1 | 2020 | anonymous | 9 | 4",
    )
