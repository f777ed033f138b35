"""What the pages of a pairing show, as each of the three readers may know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.accounts.models import User
from jalons.pairing import access
from jalons.pairing.access import Opened
from jalons.pairing.forms import (
    AnswerForm,
    EndForm,
    FeedbackForm,
    ProposalForm,
    TalkForm,
)
from jalons.pairing.models import Pairing, Side, Talk
from jalons.spaces.access import Right, may, role_in
from jalons.spaces.models import Role, Space
from jalons.territories.models import Territory

State, Answer = Pairing.State, Side.Answer
TOO_LATE = gettext_lazy(
    "Not kept: somebody answered, ended it or took it back meanwhile."
)


@dataclass(frozen=True, slots=True)
class Line:
    """A pairing in a list; `with_whom` is one name for a team, two for the centre."""

    pairing: Pairing
    with_whom: str
    state: str
    is_waiting: bool
    codes: frozenset[str]


def lines_of(space: Space) -> list[Line]:
    """Those that this space reads, what waits for it first."""
    found = [_line(one, space) for one in access.pairings_of(space)]
    return sorted(found, key=lambda one: not one.is_waiting)


def _line(pairing: Pairing, space: Space) -> Line:
    sides = pairing.sides.all()
    codes = frozenset(one.territory_id for one in sides)
    mine = next((one for one in sides if one.territory_id == space.territory_id), None)
    if mine is None:
        return Line(pairing, str(pairing), _centre_words(pairing), False, codes)
    other = next(one for one in sides if one != mine)
    is_waiting = pairing.state == State.PROPOSED and mine.answer == Answer.WAITING
    return Line(pairing, str(other), state_words(pairing, mine), is_waiting, codes)


def _centre_words(pairing: Pairing) -> str:
    if pairing.state != State.PROPOSED:
        return str(State(pairing.state).label)
    words = _("%(name)s: %(answer)s")
    said = [
        words % {"name": one, "answer": one.get_answer_display()}
        for one in pairing.sides.all()
    ]
    return ", ".join(said)


def state_words(pairing: Pairing, mine: Side) -> str:
    """For one of the two: nothing of what the other answered (not even that it did)."""
    if pairing.state == State.UNDER_WAY:
        return _("Both teams agreed: it is under way.")
    if pairing.state == State.ENDED:
        return _("The exchanges are over.")
    if pairing.state == State.CLOSED:
        return _("It did not begin, and nothing more is asked of you.")
    if mine.answer == Answer.WAITING:
        return _(
            "Your team is asked. Nothing is shown to the other before both agreed."
        )
    return _("You agreed. You will be told if the other team agrees too.")


def page_of(
    user: User,
    opened: Opened,
    *,
    answering: tuple[Side, AnswerForm] | None = None,
    **forms: object,
) -> dict[str, object]:
    """The page of a pairing; `forms` are those that were sent and are to be mended."""
    pairing, role = opened.pairing, role_in(user, opened.space)
    is_begun = pairing.state in (State.UNDER_WAY, State.ENDED)
    mended = {answering[0].pk: answering[1]} if answering else {}
    return {
        "space": opened.space,
        "pairing": pairing,
        "mine": opened.side,
        "other": opened.other if opened.side else None,
        "state": state_words(pairing, opened.side) if opened.side else "",
        "sides": pairing.sides.all() if opened.is_centre or is_begun else (),
        "answering": _answering(opened, role, mended),
        "talks": pairing.talks.select_related("space__territory") if is_begun else (),
        "is_going_on": pairing.state == State.UNDER_WAY,
        "is_begun": is_begun,
        "can_write": may(role, Right.CONTRIBUTE),
        "can_edit": may(role, Right.EDIT),
        **_going_forms(opened),
        **forms,
    }


def _answering(
    opened: Opened, role: Role | None, mended: dict[int, AnswerForm]
) -> list[tuple[Side, AnswerForm]]:
    """The forms of the answers that this reader may give."""
    if opened.pairing.state != State.PROPOSED or not may(role, Right.EDIT):
        return []
    sides = [opened.side] if opened.side else opened.pairing.sides.all()
    return [
        (one, mended.get(one.pk) or _answer_form(one, opened))
        for one in sides
        if one.answer == Answer.WAITING
        and not (opened.is_centre and access.has_team(one.territory))
    ]


def _answer_form(side: Side, opened: Opened) -> AnswerForm:
    return AnswerForm(
        instance=side, is_centre=opened.is_centre, prefix=None, auto_id=f"f{side.pk}-%s"
    )


def _going_forms(opened: Opened) -> dict[str, object]:
    talk = Talk(pairing=opened.pairing, space=opened.space)
    return {
        "talk_form": TalkForm(instance=talk),
        "feedback_form": FeedbackForm(instance=opened.side) if opened.side else None,
        "end_form": EndForm(instance=opened.pairing),
    }


def proposal_page(
    space: Space,
    pair: Sequence[Territory],
    reasons: Sequence[str],
    form: ProposalForm,
) -> dict[str, object]:
    """What both would read, and the reasons that stay with the centre."""
    place, second = pair
    return {
        "space": space,
        "place": place,
        "second": second,
        "reasons": reasons,
        "form": form,
        "without_team": [one for one in pair if not access.has_team(one)],
    }
