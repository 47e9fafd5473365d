"""The map: every municipality once, Sweden the right way up."""

from finsam.publications.geography import outlines
from finsam.values.municipalities import counties, municipalities
from finsam.web.maps import map_of


def test_every_municipality_and_county_has_an_outline():
    assert outlines("municipality").keys() == municipalities().keys()
    assert outlines("county").keys() == counties().keys()


def test_north_is_up_and_east_is_right():
    def middle(code):
        points = [point for ring in outlines("municipality")[code] for point in ring]
        return sum(x for x, _y in points) / len(points), sum(y for _x, y in points) / len(points)

    kiruna, malmo, gotland, gothenburg = (middle(code) for code in ("2584", "1280", "0980", "1480"))
    assert kiruna[1] < malmo[1]
    assert gothenburg[0] < gotland[0]


def test_marked_municipalities_are_drawn_apart():
    marked = map_of(["0480", "0481", "9999"])
    assert len(marked.marked) == 2
    assert all(path not in marked.land for path in marked.marked)
    assert marked.width < marked.height
