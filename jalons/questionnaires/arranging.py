"""What a button of the outline asks: `question:P2:up`, `part:points:remove`…

A drag says the same in other words (`question:P2:to:points:3`), so that the keyboard
and the mouse lead to one and the same change.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.questionnaires import drafting
from jalons.questionnaires.definitions import Definition


def arranged(definition: Definition, asked: str) -> tuple[Definition, str, str]:
    """The draft rearranged, the change in words, and where to look afterwards."""
    kind, _colon, rest = asked.partition(":")
    code, _colon, what = rest.partition(":")
    if kind == "part":
        return _part(definition, code, what)
    if kind == "question":
        return _question(definition, code, what)
    raise drafting.NoSuchPart(asked)


def _part(definition: Definition, code: str, what: str) -> tuple[Definition, str, str]:
    title = drafting.find_section(definition, code).title.fr
    if what == "remove":
        changed = drafting.remove_section(definition, code)
        return changed, _("the part “%(title)s” removed") % {"title": title}, "content"
    direction = drafting.direction(what)
    changed = drafting.move_section(definition, code, direction)
    return changed, _("the part “%(title)s” moved") % {"title": title}, f"part-{code}"


def _question(
    definition: Definition, code: str, what: str
) -> tuple[Definition, str, str]:
    said = {"title": drafting.title_of(drafting.find_question(definition, code))}
    if what == "remove":
        place = drafting.place_of(definition, code)
        anchor = f"part-{definition.sections[place.section].code}"
        changed = drafting.remove_question(definition, code)
        return changed, _("the question “%(title)s” removed") % said, anchor
    moved = _("the question “%(title)s” moved") % said
    if what.startswith("to:"):
        _to, section, rank = what.split(":") if what.count(":") == 2 else ("", "", "0")
        if not rank.isdigit():
            raise drafting.NoSuchPart(what)
        return drafting.put_question(definition, code, section, int(rank)), moved, code
    direction = drafting.direction(what)
    return drafting.move_question(definition, code, direction), moved, code


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question may be put: after another one, or first when `after` is empty.

    `rank` is counted without the question itself, as a drop of the mouse counts it.
    """

    rank: int
    after: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class PartPlaces:
    """The places of one part."""

    code: str
    title: str
    places: tuple[Place, ...]


def places_for(definition: Definition, code: str) -> list[PartPlaces]:
    """Every place of a question: what the mouse can reach, the keyboard can."""
    found = []
    for section in definition.sections:
        codes = [question.code for question in section.questions]
        here = codes.index(code) if code in codes else None
        others = [question for question in section.questions if question.code != code]
        titles = ["", *(drafting.title_of(question) for question in others)]
        places = (Place(rank, title, rank == here) for rank, title in enumerate(titles))
        title = section.title.fr or section.code
        found.append(PartPlaces(section.code, title, tuple(places)))
    return found
