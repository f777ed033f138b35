"""From the plan of a synthesis to its whole content, as the public would read it.

Everything comes from what may be published: the public figures of the restitution, and
the tables of the desk once protected together and beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.cache import cache
from django.http import QueryDict
from django.utils import translation

from jalons.documents.words import date_format
from jalons.imports.figures import given_weights
from jalons.observatory.figures import public_figures
from jalons.observatory.protection import Protected
from jalons.observatory.redaction import judged as judged_again
from jalons.observatory.restitution import Restitution, builders, restitution_of
from jalons.observatory.results import Figures
from jalons.observatory.revisions import revision
from jalons.privacy.traces import recognisable
from jalons.surveys.matrix import KEPT_SECONDS
from jalons.surveys.models import Campaign
from jalons.synthesis import content as parts
from jalons.synthesis.content import Content
from jalons.synthesis.method import cautions, method
from jalons.synthesis.models import Block, Synthesis
from jalons.synthesis.pieces import (
    KEPT,
)
from jalons.synthesis.showing import Sources, pieces_of
from jalons.tabulations import reading, weighing
from jalons.tabulations.axes import answers_of, variables_of
from jalons.tabulations.figures import Tabulated, judged_together, tests_of
from jalons.tabulations.models import Tabulation
from jalons.tabulations.protection import Order, Released, Withheld, order, release
from jalons.tabulations.query import Query, read
from jalons.tabulations.variables import Variable

FORMAT = 6
"""To be raised when what is kept in the cache changes its shape."""

LANGUAGE = settings.LANGUAGE_CODE
"""A publication is made in one language, whoever composes it."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The content, and what was checked together before it may be published."""

    content: Content
    restitution: Protected
    released: Released

    @property
    def exposed_cells(self) -> int:
        return self.restitution.exposed_cells + self.released.exposed_cells

    @property
    def to_read_over(self) -> list[tuple[parts.Quote, list[str]]]:
        """Quotes that hold words by which somebody may be recognised, and these."""
        quotes = (
            quote
            for piece in self.content.pieces
            if isinstance(piece, parts.Quotes)
            for quote in piece.items
        )
        told = ((quote, recognisable(quote.text)) for quote in quotes)
        return [(quote, words) for quote, words in told if words]


def public_restitution(campaign: Campaign) -> Restitution:
    """The restitution that a synthesis is taken from, in the language published."""
    with translation.override(LANGUAGE):
        return restitution_of(campaign, _public(campaign).figures)


def _public(campaign: Campaign) -> Protected:
    """What may be published of the survey, kept until something changes."""
    key = f"synthesis:public:{FORMAT}:{campaign.pk}:{revision(campaign)}"
    found: Protected | None = cache.get(key)
    if found is None:
        found = public_figures(campaign)
        cache.set(key, found, KEPT_SECONDS)
    return found


def compose(synthesis: Synthesis) -> Composed:
    """Everything that publishing today would publish."""
    with translation.override(LANGUAGE):
        campaign = synthesis.campaign
        restitution = _public(campaign)
        kept = _kept(synthesis)
        released = release(_order(synthesis, kept, restitution))
        figures, tables = judged_as_one(restitution.figures, released)
        shown = restitution_of(campaign, figures)
        sources = _sources(shown, kept, tables)
        content = _content(synthesis, sources, restitution, released)
    return Composed(content, restitution, released)


def order_of(synthesis: Synthesis) -> Order:
    """The tables of the desk to be checked together before any of them leaves."""
    with translation.override(LANGUAGE):
        return _order(synthesis, _kept(synthesis), _public(synthesis.campaign))


@dataclass(frozen=True, slots=True)
class Kept:
    """The tables of the desk that a synthesis shows, in its order.

    `queries` has None for an address that can no longer be read.
    """

    titles: Mapping[int, str]
    queries: Mapping[int, Query | None]
    variables: Mapping[str, Variable]


def _kept(synthesis: Synthesis) -> Kept:
    blocks = Block.objects.filter(
        chapter__synthesis=synthesis, piece__startswith=KEPT
    ).order_by("chapter__position", "chapter", "position", "pk")
    pks = dict.fromkeys(int(one.piece[len(KEPT) :]) for one in blocks)
    found = Tabulation.objects.filter(campaign=synthesis.campaign_id).in_bulk([*pks])
    tables = [found[pk] for pk in pks if pk in found]
    variables = dict(variables_of(answers_of(synthesis.campaign), LANGUAGE))
    queries: dict[int, Query | None] = {}
    for one in tables:
        asked = read(QueryDict(one.address), variables, LANGUAGE)
        queries[one.pk] = asked.query
        variables |= asked.variables
    return Kept({one.pk: one.title for one in tables}, queries, variables)


def _order(synthesis: Synthesis, kept: Kept, restitution: Protected) -> Order:
    queries = [query for query in kept.queries.values() if query is not None]
    return order(synthesis.campaign, queries, restitution.beside)


def _sources(
    shown: Restitution, kept: Kept, judged: Sequence[Tabulated | Withheld]
) -> Sources:
    known = [pk for pk, query in kept.queries.items() if query is not None]
    tables: dict[int, Tabulated | Withheld | None] = dict.fromkeys(kept.queries)
    tables |= dict(zip(known, judged, strict=True))
    built = {code: build() for code, build in builders(shown).items()}
    return Sources(
        shown,
        {code: sheet for code, sheet in built.items() if sheet is not None},
        tables,
        kept.titles,
        kept.variables,
        {
            kept.titles[pk]: query
            for pk, query in kept.queries.items()
            if query is not None and isinstance(tables[pk], Tabulated)
        },
    )


def judged_as_one(
    figures: Figures, released: Released
) -> tuple[Figures, list[Tabulated | Withheld]]:
    """Crossings of the results and tables of the desk: one family of tests.

    They are read in one publication: p is adjusted for the number of them all, whether
    or not a chapter shows each crossing, since each was examined (rule 14).
    """
    crossings = figures.crossings
    findings = [one.reading.finding.p_value for one in crossings if one.reading]
    seen = [one for one in released.tables if isinstance(one, Tabulated)]
    tests = tests_of(seen)
    judged = iter(judged_together(seen, findings))
    tables = [
        next(judged) if isinstance(one, Tabulated) else one for one in released.tables
    ]
    examined = sum(p is not None for p in (*findings, *tests))
    again = judged_again(crossings, tests)
    return replace(figures, crossings=again, comparisons=examined), tables


def _content(
    synthesis: Synthesis, sources: Sources, restitution: Protected, released: Released
) -> Content:
    shown, campaign = sources.shown, synthesis.campaign
    chapters = synthesis.chapters.prefetch_related("blocks")
    weights = given_weights(campaign)
    weighted = [
        line
        for table in sources.kept.values()
        if isinstance(table, Tabulated)
        for line in weighing.calibration(
            reading.read(table, sources.variables, weights)
        )
    ]
    return Content(
        title=synthesis.title,
        subtitle=synthesis.subtitle,
        author=campaign.sponsor,
        source=shown.source,
        date_line=date_format(campaign.today(), "DATE_FORMAT"),
        language=LANGUAGE,
        is_simulated=campaign.is_simulated,
        chapters=tuple(
            parts.Chapter(
                chapter.title,
                tuple(
                    p
                    for block in chapter.blocks.all()
                    for p in pieces_of(block, sources)
                ),
            )
            for chapter in chapters
        ),
        publication=_mentions(synthesis.publication),
        group=_mentions(synthesis.group),
        thanks=synthesis.thanks,
        method=method(shown, restitution, released, weighted, sources.queries),
        shown_territories=tuple(sorted(shown.figures.shown_territories)),
        cautions=tuple(cautions(shown)),
    )


def _mentions(text: str) -> tuple[parts.Mention, ...]:
    """Lines "role: holder"; a line without a colon is a holder alone."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        role, colon, holder = line.partition(":")
        found.append(
            parts.Mention(role.strip(), holder.strip())
            if colon
            else parts.Mention("", line)
        )
    return tuple(found)
