"""What participants send: ideas, rectified or withdrawn until the workshop closes.

Nothing is asked of the past of a telephone: what it sends carries a key of its own, so
that the same thing sent twice is kept once. Votes are kept by `casting`, and taken back
here.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.live import operations as live
from jalons.workshops.models import Activity, Ballot, Item, Participant, Workshop
from jalons.workshops.operations import EVERYBODY, WATCHERS
from jalons.workshops.refused import Refused

TOO_LATE = _("This is closed now: your answer came too late, and is not counted.")
MOST_IDEAS = 60
"""What one person may write in one activity."""
MOST_WORDS = 5
"""Of a cloud, where each word counts people: more would be a text."""


@transaction.atomic
def contribute(
    activity: Activity,
    author: Participant,
    text: str,
    *,
    key: UUID,
    category: str = "",
    direction: str = "",
) -> Item:
    """Add an idea to a wall, once per key. Raises Refused."""
    workshop = hold(activity)
    known = Item.objects.filter(key=key).first()
    if known is not None:
        _refuse_unless_by(known, author)
        return known
    refuse_unless_asked(workshop, activity, author, "ideas")
    _refuse_one_more(activity, author)
    last = activity.items.order_by("-number").first()
    item = Item.objects.create(
        activity=activity,
        number=last.number + 1 if last else 1,
        text=text,
        category=category,
        direction=direction,
        author=author,
        key=key,
    )
    live.tell(workshop.channel, "idea", to=WATCHERS)
    return item


@transaction.atomic
def rectify_idea(item: Item, text: str, *, author: Participant) -> None:
    """The author writes it otherwise, until others support it. Raises Refused."""
    _refuse_unless_theirs(item, author)
    if item.activity.kind == "questions" and _supported(item, author):
        raise Refused(_("Others support this question as it is: withdraw it instead."))
    item.text = text
    item.save(update_fields=["text"])
    live.tell(author.workshop.channel, "idea", to=_those_who_read(item))


@transaction.atomic
def withdraw_idea(item: Item, *, author: Participant) -> None:
    """The author takes it back; what was merged in it stands again. Raises Refused."""
    _refuse_unless_theirs(item, author)
    item.withdrawn_at = timezone.now()
    item.save(update_fields=["withdrawn_at"])
    item.merged.update(merged_into=None)
    live.tell(author.workshop.channel, "idea", to=_those_who_read(item))


@transaction.atomic
def withdraw_vote(activity: Activity, participant: Participant) -> None:
    """Take back everything answered in this round, until the workshop closes.

    Raises Refused.
    """
    workshop = hold(activity)
    if participant.workshop_id != workshop.pk:
        raise Refused(_("You take part in another workshop."))
    if not workshop.is_open:
        raise Refused(_("The workshop is closed: nothing more is received."))
    mine = Ballot.objects.counted(activity).filter(participant=participant)
    mine.update(is_current=False)
    live.tell(activity.workshop.channel, "vote", to=WATCHERS)


def hold(activity: Activity) -> Workshop:
    """The workshop as it is now, held: no phase ends, nothing is sent meanwhile.

    Whoever joins may still point to it (`no_key`): they hold the channel when their
    workshop is looked for at the end, and each would wait for the other.
    """
    held = Workshop.objects.select_for_update(no_key=True)
    workshop = held.get(pk=activity.workshop_id)
    activity.refresh_from_db()
    return workshop


def refuse_unless_asked(
    workshop: Workshop, activity: Activity, person: Participant, takes: str
) -> None:
    if person.workshop_id != workshop.pk:
        raise Refused(_("You take part in another workshop."))
    if not workshop.is_open:
        raise Refused(_("The workshop is closed: nothing more is received."))
    if workshop.current_id != activity.pk or activity.step.takes != takes:
        raise Refused(TOO_LATE)


def _refuse_one_more(activity: Activity, author: Participant) -> None:
    written = activity.items.filter(author=author)
    if activity.kind == "cloud" and written.filter(withdrawn_at=None).count() >= (
        MOST_WORDS
    ):
        raise Refused(_("You have given five words: withdraw one to give another."))
    if written.count() >= MOST_IDEAS:
        raise Refused(_("You have written sixty ideas: keep the next ones for later."))


def _refuse_unless_by(item: Item, author: Participant) -> None:
    if item.author_id != author.pk:
        raise Refused(_("This idea is somebody else’s."))


def _refuse_unless_theirs(item: Item, author: Participant) -> None:
    """What was carried to a vote is not changed while people vote on it."""
    _refuse_unless_by(item, author)
    if not item.activity.is_written:
        raise Refused(_("This idea is put to the vote: it is no longer changed."))
    if not author.workshop.is_open:
        raise Refused(_("The workshop is closed: nothing more is received."))


def _those_who_read(item: Item) -> tuple[str, ...]:
    """Telephones too where it stands on them: shown to the room, or put to its vote."""
    activity = item.activity
    on_phones = activity.results_shown or activity.step.takes == "votes"
    return EVERYBODY if on_phones else WATCHERS


def _supported(item: Item, author: Participant) -> bool:
    """Whether somebody else chose it in the round that is played."""
    counted = Ballot.objects.counted(item.activity).exclude(participant=author)
    return any(
        item.pk in marks["choices"] for marks in counted.values_list("marks", flat=True)
    )
