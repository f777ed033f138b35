"""The document of a roadmap, from the parts that its team keeps, in its order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.adoption.logos import logos_of
from jalons.adoption.material import Material
from jalons.adoption.models import Part
from jalons.adoption.parts import KINDS, MATURITY, PARTS, Kind
from jalons.diagnosis.maturity import Maturity
from jalons.documents.model import Block, Cover, Document, Figure, Section, walk
from jalons.documents.wording import blocks_of
from jalons.documents.words import date_format
from jalons.drawing.skins import PAGE, PRINT
from jalons.roadmaps.figures import Plan, plan_of
from jalons.roadmaps.models import Roadmap


@dataclass(frozen=True, slots=True)
class Placed:
    """A part where the team put it, with what it wrote there."""

    kind: Kind
    row: Part


@dataclass(frozen=True, slots=True)
class Composed:
    """A part and what it gives the document; without blocks, nothing stands there."""

    placed: Placed
    blocks: Sequence[Block]

    @property
    def section(self) -> Section | None:
        if not self.blocks or not self.placed.row.is_shown:
            return None
        kind = self.placed.kind
        return Section(str(kind.title), self.blocks, kind=kind.kind)

    @property
    def is_empty(self) -> bool:
        """Wanted in the document, and nothing to show nor read there yet."""
        return self.placed.row.is_shown and not self.blocks


@dataclass(frozen=True, slots=True)
class Outline:
    """Every part in its order, and whether something stands there; not what it is."""

    parts: Sequence[Composed]

    @property
    def waiting(self) -> list[Composed]:
        """Parts that are wanted and have nothing yet."""
        return [one for one in self.parts if one.is_empty]


@dataclass(frozen=True, slots=True)
class Composition:
    """Every part in its order, and the document that they make.

    `level` is what the document says of the maturity of an EPCI; None when nothing.
    """

    plan: Plan
    parts: Sequence[Composed]
    document: Document
    level: Maturity | None

    @property
    def figures(self) -> list[Figure]:
        blocks = walk(self.document.sections)
        return [one for one in blocks if isinstance(one, Figure)]


def parts_of(roadmap: Roadmap) -> list[Placed]:
    """The parts in the order of the team; those it never placed keep theirs, last.

    Until a team changes something, nothing is stored: the usual order holds.
    """
    rows = {one.code: one for one in roadmap.document_parts.all()}
    placed = [Placed(KINDS[code], row) for code, row in rows.items() if code in KINDS]
    new = [one for one in PARTS if one.code not in rows]
    return placed + [
        Placed(one, _unplaced(roadmap, one, rank))
        for rank, one in enumerate(new, start=len(rows))
    ]


def _unplaced(roadmap: Roadmap, kind: Kind, rank: int) -> Part:
    shown = kind.begins_shown
    return Part(roadmap=roadmap, code=kind.code, position=rank, is_shown=shown)


def outline_of(roadmap: Roadmap) -> Outline:
    """The parts, each with its first block at most: the rest is not made."""
    material = Material(plan_of(roadmap), PAGE)
    return Outline(
        [
            Composed(one, list(islice(_blocks(one, material), 1)))
            for one in parts_of(roadmap)
        ]
    )


def compose(roadmap: Roadmap, *, is_on_page: bool = False) -> Composition:
    """The document of today; on a page its drawings follow the style sheet."""
    material = Material(plan_of(roadmap), PAGE if is_on_page else PRINT)
    return _composed(material, parts_of(roadmap))


def compose_for_both(roadmap: Roadmap) -> tuple[Composition, Composition]:
    """In print and on a page, from one reading: the same drawings in one order."""
    material, placed = Material(plan_of(roadmap)), parts_of(roadmap)
    printed = _composed(material, placed)
    return printed, _composed(material.drawn_in(PAGE), placed)


def _composed(material: Material, placed: Sequence[Placed]) -> Composition:
    roadmap = material.roadmap
    parts = [Composed(one, list(_blocks(one, material))) for one in placed]
    has_level = any(one.kind.code == MATURITY and one.row.is_shown for one in placed)
    day = date_format(timezone.localdate())
    return Composition(
        material.plan,
        parts,
        Document(
            title=roadmap.title,
            subtitle=roadmap.territory_name,
            sections=list(_sections(parts)),
            language=get_language() or "fr",
            source_line=roadmap.space.name,
            date_line=_("Working version of %(day)s") % {"day": day},
            author=roadmap.space.name,
            cover=_cover(roadmap),
            watermark=_("SIMULATED") if roadmap.is_simulated else None,
        ),
        material.level if has_level else None,
    )


def _cover(roadmap: Roadmap) -> Cover | None:
    """The logos, when there are some."""
    found = logos_of(roadmap)
    return Cover(logos=found) if found else None


def _blocks(placed: Placed, material: Material) -> Iterator[Block]:
    """What the team wrote, then what the part shows; nothing for one left out."""
    if placed.row.is_shown:
        yield from blocks_of(placed.row.words, str(placed.kind.title))
        yield from placed.kind.blocks(material)


def _sections(parts: Sequence[Composed]) -> Iterator[Section]:
    """The first section stands under the title: it starts no page."""
    for one in parts:
        if one.section is not None:
            yield one.section
