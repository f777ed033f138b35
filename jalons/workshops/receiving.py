"""What the form of a participant asks, done; and what it sent, read."""

from __future__ import annotations

from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from jalons.live.access import read_number
from jalons.workshops import access, casting, contributing, sending, tying, writing
from jalons.workshops.marks import length_of, read_idea, read_lines, read_marks
from jalons.workshops.models import Activity, Item, Participant, Workshop, Writing
from jalons.workshops.refused import Refused
from jalons.workshops.sitting import SEATED, keep_seat
from jalons.workshops.writing import Hand, Wording

OFFERED = {"category": Item.Category.values, "direction": Item.Direction.values}


def keep(post: QueryDict, person: Participant) -> str:
    """Do what the form asks, and say it. Raises Refused, Http404."""
    if post.get("act", "") in SEATED:
        return keep_seat(post, person)
    match post.get("act", ""):
        case "minutes":
            sending.agree_to_minutes(person, post.get("email", ""))
            return _("It is noted: the minutes will be sent to this address.")
        case "no_minutes":
            sending.renounce_minutes(person)
            return _("Your address is erased.")
    activity = person.workshop.current
    if activity is None:
        raise Refused(_("Nothing is asked at this moment."))
    activity.workshop = person.workshop
    match post.get("act", ""):
        case "idea":
            return _keep_idea(activity, post, person)
        case "rectify":
            item = access.get_idea(person.workshop, post.get("item"))
            text = read_idea(post, length_of(item.activity))
            contributing.rectify_idea(item, text, author=person)
            return _("It is changed.")
        case "withdraw":
            item = access.get_idea(person.workshop, post.get("item"))
            contributing.withdraw_idea(item, author=person)
            return _("It is withdrawn.")
        case "withdraw_vote":
            answered = _answered(person.workshop, activity, post.get("activity"))
            contributing.withdraw_vote(answered, person)
            return _("Your answer is taken back.")
        case "vote":
            rated = _rated(activity, post.get("item"))
            marks = read_marks(activity, post, rated)
            key = _key(post)
            casting.cast(activity, person, marks, key=key, item=rated)
            return _("Your answer is counted. You may change it until the end.")
        case "resource" | "links" | "off":
            return tying.keep_map(activity, post, _key(post), by=person)
    return keep_cell(activity, post, by=person)


def keep_cell(activity: Activity, post: QueryDict, *, by: Hand) -> str:
    """The same, for the table of key workstreams. Raises Refused, Http404."""
    match post.get("act", ""):
        case "workstream":
            stake = access.get_stake(activity, post.get("item"))
            writing.add_workstream(stake, read_idea(post), key=_key(post), by=by)
            return _("The workstream is added. Open it to write its cells.")
        case "withdraw_workstream":
            item = access.get_workstream(activity, post.get("item"))
            writing.withdraw_workstream(item, by=by)
            return _("The workstream is withdrawn.")
        case "cell":
            item = access.get_workstream(activity, post.get("item"))
            written = writing.write_cell(item, _wording(post), by=by)
            if written.is_waiting:
                return _(
                    "Somebody changed this cell meanwhile. Both wordings are kept: "
                    "choose, or put them together."
                )
            return _("It is kept.")
    raise Refused(_("This form is no longer valid: load the page again."))


def _answered(workshop: Workshop, played: Activity, pk: str | None) -> Activity:
    """The activity whose answers are taken back: the one played unless said."""
    number = read_number(pk)
    return played if number is None else access.get_activity(workshop, number)


def _keep_idea(activity: Activity, post: QueryDict, person: Participant) -> str:
    contributing.contribute(
        activity,
        person,
        read_idea(post, length_of(activity)),
        key=_key(post),
        category=_among(post, "category"),
        direction=_among(post, "direction"),
    )
    return _("It is received. Another one?")


def _wording(post: QueryDict) -> Wording:
    column, settles = post.get("column", ""), post.get("settles")
    base, settled = read_number(post.get("base")), read_number(settles)
    is_known = column in Writing.Column.values
    if base is None or not is_known or (settles and settled is None):
        raise Refused(_("This form is no longer valid: load the page again."))
    is_title = column == Writing.Column.TITLE
    return Wording(
        Writing.Column(column),
        read_idea(post) if is_title else read_lines(post),
        base,
        _key(post),
        settled,
    )


def _rated(activity: Activity, pk: str | None) -> Item | None:
    """The item rated; any other vote is about the whole activity."""
    if not activity.rates_items or not pk:
        return None
    if activity.kind == "workstreams":
        return access.get_workstream(activity, pk)
    return access.get_item(activity, pk)


def _key(post: QueryDict) -> UUID:
    try:
        return UUID(post.get("key", ""))
    except ValueError:
        raise Refused(_("This form is no longer valid: load the page again.")) from None


def _among(post: QueryDict, name: str) -> str:
    """A category or a direction that the page offered, or none."""
    text = post.get(name, "")
    if text and text not in OFFERED[name]:
        raise Refused(_("This choice is not one of those offered."))
    return text
