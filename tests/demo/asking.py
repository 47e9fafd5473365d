"""Asks twenty questions of the table builder in the home it is run in, and prints a digest of each answer."""

import hashlib
import json
import os

import django

# What a reader could ask in this order: years, quarters, parts of the country, filters, every unit.
QUESTIONS: tuple[tuple[str, tuple[str, ...], dict[str, str], str, str], ...] = (
    ("persons_ongoing", ("sex",), {}, "2016", "2020"),
    ("persons_ongoing", ("sex", "age_group"), {}, "2020", "2020"),
    ("persons_new", ("county",), {}, "2019", "2020"),
    ("persons_new", ("sex", "education"), {}, "2020", "2020"),
    ("persons_ended", ("end_reason",), {}, "2018", "2020"),
    ("persons_ended", ("region", "sex"), {}, "2020", "2020"),
    ("persons_ongoing", ("municipality",), {"association_county": "21"}, "2020", "2020"),
    ("persons_new", ("support",), {"sex": "women"}, "2020", "2020"),
    ("participations_ongoing", ("need_group",), {}, "2020", "2020"),
    ("participations_new", ("method",), {}, "2017", "2020"),
    ("participations_ended", ("stay_number",), {}, "2020", "2020"),
    ("persons_supports", ("support",), {}, "2020", "2020"),
    ("persons_occupations", ("sex", "occupation"), {}, "2020", "2020"),
    ("persons_work_or_study", ("sex",), {}, "2016", "2020"),
    ("participations_work_or_study", ("direction",), {}, "2020", "2020"),
    ("heads", ("sex",), {}, "2016", "2020"),
    ("participants", ("association_county",), {}, "2020", "2020"),
    ("interventions", ("direction",), {}, "2020", "2020"),
    ("associations", (), {}, "2016", "2020"),
    ("persons_new", ("sex",), {}, "2020K1", "2020K4"),
)


def main() -> None:
    """Ask, as the demo's analyst, of the newest snapshot."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    django.setup()
    from finsam.cli.home import opening
    from finsam.snapshots import queries as snapshot_queries
    from finsam.table_builder import actions
    from finsam.table_builder import queries as question_queries

    actor = opening.acting("anna@finsam.example")
    snapshot = snapshot_queries.newest_snapshot(actor=actor)
    print("number,figure,sha256")
    for number, (figure, by, where, first, last) in enumerate(QUESTIONS, 1):
        question = question_queries.new_question(actor=actor, figure=figure, by=by, where=where, first=first, last=last)
        row = actions.ask(actor=actor, question=question, snapshot=snapshot)
        text = json.dumps([row.question, row.title, row.answer], ensure_ascii=False, sort_keys=True)
        print(f"{number},{figure},{hashlib.sha256(text.encode()).hexdigest()}")


if __name__ == "__main__":
    main()
