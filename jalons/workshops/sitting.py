"""What a telephone sends about its table, read and done."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from jalons.live.access import read_number
from jalons.workshops import access, seating
from jalons.workshops.marks import read_lines
from jalons.workshops.models import Participant, Table
from jalons.workshops.refused import Refused
from jalons.workshops.seating import Kept, Retained

SEATED = ("sit", "report", "device", "synthesis")


def keep_seat(post: QueryDict, person: Participant) -> str:
    """Do what the form asks of a table, and say it. Raises Refused, Http404."""
    if post.get("act") == "sit":
        table = access.get_table(person.workshop, post.get("table"))
        seating.sit(person, table)
        return _("You sit at “%(table)s”.") % {"table": table}
    table = _table_of(person)
    match post.get("act"):
        case "report":
            seating.name_reporter(table, person, by=person)
            return _("You report for your table.")
        case "device":
            seating.name_device(table, person)
            return _("This telephone is the one of the table: note who is around it.")
        case "synthesis":
            return _retain(post, table, person)
    raise Http404


def retained_words(kept: Kept) -> str:
    """That it is kept; and what somebody else had just written."""
    if kept.crossed is None or kept.crossed.text == kept.synthesis.text:
        return _("What the table retains is kept.")
    told = {"hand": kept.crossed.hand or "–", "text": kept.crossed.text}
    return _("Kept. %(hand)s had just written “%(text)s”: put both together.") % told


def read_retained(post: QueryDict) -> Retained:
    """What a form says that a table retains. Raises Refused."""
    base = read_number(post.get("base"))
    try:
        key = UUID(post.get("key", ""))
    except ValueError:
        base, key = None, UUID(int=0)
    if base is None:
        raise Refused(_("This form is no longer valid: load the page again."))
    return Retained(read_lines(post), base, key)


def _table_of(person: Participant) -> Table:
    if person.table is None:
        raise Refused(_("Say first at which table you sit."))
    return person.table


def _retain(post: QueryDict, table: Table, person: Participant) -> str:
    activity = person.workshop.current
    if activity is None:
        raise Refused(_("Nothing is asked at this moment."))
    return retained_words(
        seating.retain(table, activity, read_retained(post), by=person)
    )
