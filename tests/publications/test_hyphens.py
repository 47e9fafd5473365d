"""Long words: divided where their parts meet, with a hyphen, and nowhere else."""

from xml.etree import ElementTree as ET

import pytest

from finsam.publications.charts.palette import LIGHT
from finsam.publications.charts.svg import lines, squares, width_of
from finsam.publications.hyphens import SOFT, softened, wrapped


@pytest.mark.parametrize(
    ("text", "letters", "expected"),
    [
        ("Samordningsförbundet Finsam", 12, ["Samordnings-", "förbundet", "Finsam"]),
        ("Rehabiliteringspenning", 20, ["Rehabiliterings-", "penning"]),
        ("Arbetslöshetsersättning (a-kassa)", 20, ["Arbetslöshets-", "ersättning (a-kassa)"]),
        ("Arbetsmarknadsåtgärd", 16, ["Arbetsmarknads-", "åtgärd"]),
        ("Strukturövergripande", 12, ["Strukturövergripande"]),  # no joint: the word stays whole
        ("Korta ord går som de är", 12, ["Korta ord", "går som de", "är"]),
        ("", 12, [""]),
    ],
)
def test_a_word_is_never_broken_in_the_middle_of_its_parts(text, letters, expected):
    assert wrapped(text, letters) == expected


def test_what_has_no_room_ends_with_an_ellipsis():
    assert lines("Samordningsförbundet Södra Vätterbygden", 14) == ["Samordnings-", "förbundet…"]


def test_only_words_longer_than_a_line_of_a_phone_are_softened_and_never_in_a_tag():
    markup = '<a title="arbetsmarknadsavdelningen">Arbetsmarknadsavdelningen, Samordningsförbundet</a>'
    soft = f"Arbets{SOFT}marknads{SOFT}avdelningen"
    assert softened(markup) == f'<a title="arbetsmarknadsavdelningen">{soft}, Samordningsförbundet</a>'


def test_a_legend_takes_as_many_lines_as_its_names_need():
    named = [("Unga med funktionsnedsättning (utan aktivitetsersättning)", "first"), ("Långtidssjukskrivna", "second")]
    assert squares(0, 12, named, LIGHT, 1000)[1] == 0
    drawn, tall = squares(0, 12, named, LIGHT, 300)
    assert tall > 0
    texts = [element.text for element in ET.fromstring(f"<svg>{drawn}</svg>").iter() if element.text]
    assert len(texts) == 3
    assert all(width_of(text) < 300 for text in texts)
