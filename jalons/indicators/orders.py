from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from jalons.indicators.models import Source
from jalons.indicators.producers import own
from jalons.indicators.producers.registry import EXPECTED, PRODUCERS, recognising
from jalons.indicators.reading import Lines, Recognise, told


@dataclass(frozen=True, slots=True)
class Order:
    """Which file to load, and what only a person can say of it."""

    source: str
    name: str
    vintage: str = ""
    as_shares: bool = False
    is_part: bool = False
    """A file of some communes only, known to be so."""
    mapping: own.Mapping | None = None
    """Columns named by hand, for a file of no known format."""

    def recognise(self) -> Recognise:
        if self.mapping is not None:
            return partial(own.layout, mapping=self.mapping)
        return PRODUCERS[self.source]

    def explain(self, seen: Lines) -> str:
        """Why a file is not that of its source, and which it seems to be."""
        if self.mapping is not None:
            expected = [", ".join(filter(None, self.mapping.named))]
        else:
            expected = list(EXPECTED[self.source])
        message = _(
            "The columns of this file are not those of the source. Expected: "
            "%(expected)s. %(read)s"
        )
        words = {"expected": _(" – or: ").join(expected), "read": told(seen)}
        others = Source.objects.in_bulk(recognising(seen))
        if not others:
            advice = _("Check which file it is.")
        else:
            names = " / ".join(one.title for one in others.values())
            advice = _("They are those of “%(names)s”: choose this source.") % {
                "names": names
            }
        return f"{message % words} {advice}"
