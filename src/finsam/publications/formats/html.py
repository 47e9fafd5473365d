"""The report as HTML: its blocks for a page of the site, and a file that stands alone."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from finsam.publications.blocks import Publication
from finsam.publications.cell_text import HIDDEN, small
from finsam.publications.charts import fonts
from finsam.publications.formats.layout import pieces, rows_of

STYLES = Path(__file__).parent.parent / "static" / "publications"


def blocks_html(publication: Publication, links: str = "") -> SafeString:
    """The blocks alone, to stand under a site's own heading with static/publications/report.css.

    `links` is the address below which each figure can be asked where it comes from.
    """
    with override(publication.language):
        facts = {"rows": list(rows_of(pieces(publication, "page"))), "links": links}
        return render_to_string("publications/blocks.html", facts)


def report_html(publication: Publication) -> str:
    """The whole report in one file that asks for nothing else."""
    with override(publication.language):
        return render_to_string(
            "publications/report.html",
            {
                "publication": publication,
                "blocks": blocks_html(publication),
                "source": source(publication),
                "styles": mark_safe("\n".join([fonts.font_faces(), style("report.css"), style("alone.css")])),  # noqa: S308  our own files
            },
        )


def source(publication: Publication) -> str:
    """Where the figures come from and what is hidden, in one line; the caller sets the language."""
    rule, name = publication.rule, named(publication)
    facts = {"publication": publication, "named": name[:1].upper() + name[1:], "hidden": HIDDEN}
    facts |= {"small": small(rule), "group": rule.least_group}
    return render_to_string("publications/source.html", facts).strip()


def named(publication: Publication) -> str:
    """What the publication is called: an edition by its number, working material by its snapshot."""
    if publication.edition:
        return _("utgåva %(number)s") % {"number": publication.edition}
    return _("ögonblicksbild %(snapshot)s") % {"snapshot": publication.snapshot_id}


def style(name: str) -> str:
    """One of the report's style sheets."""
    return (STYLES / name).read_text(encoding="utf-8")
