"""The list of figures."""

from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables.dimensions import DIMENSIONS


def test_every_figure_names_dimensions_that_there_are_and_says_what_it_counts() -> None:
    for figure in FIGURES.values():
        assert set(figure.dimensions) <= set(DIMENSIONS)
        assert figure.sentence.endswith(".")
        assert figure.counts
        assert figure.kinds


def test_a_dimension_is_known_by_its_own_name() -> None:
    assert all(name == dimension.name for name, dimension in DIMENSIONS.items())
