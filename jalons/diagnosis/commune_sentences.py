"""What the portrait says of communes: which are fragile, what is known, districts."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.diagnosis import words
from jalons.diagnosis.communes import Commune, Communes, Measure

MOST_NAMES = 12
"""Beyond, names fill the page: they are in the table."""


def said(found: Communes | None) -> list[str]:
    """Which communes, by name; or why they are not known."""
    if found is None:
        return [_("This territory lies in no EPCI: no communes are shown beside it.")]
    return [fragile(found), *_instead(found), _districts(found)]


def fragile(found: Communes) -> str:
    """Which ones are fragile, else why this cannot be told."""
    if not found.scored and found.borrowed:
        return _(
            "The figures of communes that are loaded are too few to tell these apart: "
            "their scores would be above all that of their EPCI."
        )
    if not found.scored:
        return _(
            "Too few figures of communes are loaded to score them: no index tells here "
            "which ones are most fragile. The page of data says where to get them."
        )
    if not found.fragile:
        return ngettext(
            "The commune scored is not found fragile.",
            "None of the %(n)s communes scored is found fragile.",
            len(found.scored),
        ) % {"n": words.whole(len(found.scored))}
    said = ngettext(
        "%(count)s commune of the %(n)s scored is found fragile",
        "%(count)s communes of the %(n)s scored are found fragile",
        len(found.fragile),
    ) % {
        "count": words.whole(len(found.fragile)),
        "n": words.whole(len(found.scored)),
    }
    return _named(said, found.fragile)


def _named(said: str, some: list[Commune]) -> str:
    """The sentence, with the names when they are few enough to be read."""
    if not some or len(some) > MOST_NAMES:
        return f"{said}."
    names = words.listed([one.name for one in some])
    return _("%(said)s: %(names)s.") % {"said": said, "names": names}


def _instead(found: Communes) -> list[str]:
    """What is known of communes though no index can be computed."""
    measure = found.measure
    if measure is None:
        return []
    values = [one.value for one in found.every if one.value is not None]
    told = {
        "title": measure.title,
        "n": words.whole(len(values)),
        "all": words.whole(len(found.every)),
        "low": words.plain(min(values), measure.unit),
        "high": words.text(max(values), measure.unit),
        "source": measure.source,
    }
    message = ngettext(
        "%(title)s is known in the commune: %(high)s (%(source)s).",
        "%(title)s is known in %(n)s of the %(all)s communes, from %(low)s to "
        "%(high)s (%(source)s).",
        len(found.every),
    )
    return [message % told, _quarter(found, measure)]


def _quarter(found: Communes, measure: Measure) -> str:
    limit = measure.low if measure.higher_is_better else measure.high
    told = {
        "count": words.whole(len(found.marked)),
        "limit": words.text(limit, measure.unit),
        "within": measure.within,
    }
    if measure.higher_is_better:
        message = ngettext(
            "%(count)s commune lies under %(limit)s, as a quarter of the communes of "
            "%(within)s whose figure is known do",
            "%(count)s communes lie under %(limit)s, as a quarter of the communes of "
            "%(within)s whose figure is known do",
            len(found.marked),
        )
    else:
        message = ngettext(
            "%(count)s commune lies above %(limit)s, as a quarter of the communes of "
            "%(within)s whose figure is known do",
            "%(count)s communes lie above %(limit)s, as a quarter of the communes of "
            "%(within)s whose figure is known do",
            len(found.marked),
        )
    return _named(message % told, found.marked)


def _districts(found: Communes) -> str:
    if not found.lists:
        return _("The list of priority districts (QPV) is not loaded.")
    some = found.with_districts
    told = {"year": found.list_years}
    if not some:
        message = _("No priority district (QPV) in these communes, list of %(year)s.")
        return message % told
    if len(some) > MOST_NAMES:
        message = _(
            "Priority districts (QPV), list of %(year)s: %(n)s, in %(communes)s "
            "communes."
        )
        total = sum(one.districts or 0 for one in some)
        counts = {"n": words.whole(total), "communes": words.whole(len(some))}
        return message % (told | counts)
    named = [f"{one.name} ({one.districts})" for one in some]
    message = _("Priority districts (QPV), list of %(year)s: %(names)s.")
    return message % (told | {"names": words.listed(named)})
