"""What a telephone sends about a resource map, read and drawn."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.ecosystems import access as maps
from jalons.ecosystems import operations as ecosystems
from jalons.ecosystems.figures import Chart, Tie, board_of
from jalons.ecosystems.models import NAME_LENGTH, Link, Resource, ResourceMap
from jalons.ecosystems.operations import Hand, Said
from jalons.ecosystems.words import drawn_words
from jalons.live.access import read_number
from jalons.workshops.contributing import hold, refuse_unless_asked
from jalons.workshops.marks import read_line
from jalons.workshops.models import Activity, Participant
from jalons.workshops.refused import Refused

OWNER_LENGTH = 120


@transaction.atomic
def keep_map(activity: Activity, post: QueryDict, key: UUID, by: Participant) -> str:
    """Do what the form asks of the map, and say it. Raises Refused, Http404."""
    refuse_unless_asked(hold(activity), activity, by, "links")
    map, hand = activity.map, Hand(name=by.alias)
    if map is None:
        raise Refused(_("There is no map yet: the facilitator makes it first."))
    match post.get("act", ""):
        case "resource":
            return _add(map, post, key, hand)
        case "links":
            return _tie(map, post, key, hand)
        case "off":
            resource = maps.get_resource(map, post.get("resource"))
            ecosystems.withdraw_resource(resource, by=hand)
            return _("It is off the map; the facilitator can put it back.")
    raise Refused(_("This form is no longer valid: load the page again."))


def _add(map: ResourceMap, post: QueryDict, key: UUID, hand: Hand) -> str:
    centre = maps.get_centre(map, post.get("centre"))
    name = read_line(post, "name", NAME_LENGTH)
    category, status = post.get("category", ""), post.get("status", "")
    if category not in Resource.Category.values:
        raise Refused(_("Say in which of the four categories it is."))
    if status not in Link.Status.values:
        raise Refused(_("Say where the link stands."))
    said = Said(Link.Status(status), 0, key, _owner(post, "owner"))
    try:
        drawn = ecosystems.name_resource(centre, name, category, said, by=hand)
    except ecosystems.TooMany as error:
        raise Refused(error.reason) from error
    return drawn_words(drawn) if drawn.crossed else _("It is on the map. Another one?")


def _tie(map: ResourceMap, post: QueryDict, key: UUID, hand: Hand) -> str:
    """Only what this form changed: the rest may have been drawn by others since."""
    chart = board_of(map).find(maps.get_centre(map, post.get("centre")).pk)
    assert chart is not None
    changed = _changed(chart, post, key)
    if not changed:
        raise Refused(
            _("Nothing is changed: choose another link, or say who sees to it.")
        )
    drawn = [
        ecosystems.draw_link(one.resource, chart.centre, said, by=hand)
        for one, said in changed
    ]
    crossed = [one.link.resource.name for one in drawn if one.crossed]
    if crossed:
        told = _("Kept. Somebody had just changed %(names)s: talk it over.")
        return told % {"names": ", ".join(crossed)}
    n = len(drawn)
    return ngettext("%(n)s link is kept.", "%(n)s links are kept.", n) % {"n": n}


def _changed(chart: Chart, post: QueryDict, key: UUID) -> list[tuple[Tie, Said]]:
    found = []
    for one in chart.ties:
        pk = one.resource.pk
        status, base = (
            post.get(f"status-{pk}"),
            read_number(post.get(f"base-{pk}")),
        )
        if status is None or base is None:
            continue
        if status not in Link.Status.values:
            raise Refused(_("Say where the link stands."))
        owner = _owner(post, f"owner-{pk}")
        was = (post.get(f"was-{pk}", ""), post.get(f"owned-{pk}", ""))
        if (status, owner) != was:
            found.append((one, Said(Link.Status(status), base, key, owner)))
    return found


def _owner(post: QueryDict, name: str) -> str:
    return read_line(post, name, OWNER_LENGTH) if post.get(name, "").strip() else ""
