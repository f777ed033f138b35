"""What the mediators say, as a file."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jalons.community.figures import Said, is_few
from jalons.groups.words import quarter_name


def header(found: Said) -> list[str]:
    return [
        _("Help"),
        _("Problems"),
        _("People who met them"),
        *(quarter_name(*one) for one in found.quarters),
        _("To be passed on?"),
        _("Source"),
    ]


def lines_of(found: Said) -> Iterator[list[object]]:
    source = source_of(found)
    for name, line in found.named:
        mark = _("Do not pass on") if is_few(line.people) else ""
        yield [name, line.problems, line.people, *line.by_quarter, mark, source]


def source_of(found: Said) -> str:
    said = _("problems told by the members of the network of %(space)s")
    return said % {"space": found.space.name}
