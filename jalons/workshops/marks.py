"""What a form sent, read as the answer to an activity, or refused.

A number that the page never offered is refused, never brought back into the scale.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import TypedDict, cast

from django.http import QueryDict
from django.utils.translation import gettext as _

from jalons.analysis.prospective import GRADES
from jalons.workshops.models import (
    CELL_LENGTH,
    IDEA_LENGTH,
    WORD_LENGTH,
    Activity,
    Item,
)
from jalons.workshops.refused import Refused


class Marks(TypedDict, total=False):
    """An answer as it is kept; each form of activity fills its own key."""

    choices: Sequence[int]
    grade: int
    order: Sequence[int]
    dots: Mapping[str, int]
    impact: int
    mastery: int
    transversal: int
    strategic: int
    feasible: int


MOST_DOTS = 20
"""That an activity may give to each."""
AXES = ("impact", "mastery")
QUALITIES = ("transversal", "strategic", "feasible")
"""What makes a good key workstream (S002-17), each graded."""


def read_idea(post: QueryDict, most: int = IDEA_LENGTH) -> str:
    """One line of plain text, whatever alphabet it is written in."""
    text = _one_line(post, "text")
    if not text:
        raise Refused(_("This idea is empty: write it."))
    if len(text) > most:
        raise Refused(
            _("This idea has %(n)s characters, %(most)s at most: say it shorter.")
            % {"n": len(text), "most": most}
        )
    return text


def read_line(post: QueryDict, name: str, most: int) -> str:
    """One line, no longer than what a field holds. Raises Refused."""
    text = _one_line(post, name)
    if not text:
        raise Refused(_("This field is empty: write a few words."))
    if len(text) > most:
        raise Refused(
            _("This has %(n)s characters, %(most)s at most: say it shorter.")
            % {"n": len(text), "most": most}
        )
    return text


def _one_line(post: QueryDict, name: str) -> str:
    text = " ".join(post.get(name, "").split())
    return "".join(one for one in text if one.isprintable() or one in JOINS)


def length_of(activity: Activity) -> int:
    """How long one contribution may be."""
    return WORD_LENGTH if activity.kind == "cloud" else IDEA_LENGTH


def read_lines(post: QueryDict) -> str:
    """Some lines of plain text; none empties the cell."""
    lines = (" ".join(line.split()) for line in post.get("text", "").splitlines())
    text = "\n".join(line for line in lines if line)
    text = "".join(one for one in text if one.isprintable() or one in JOINS + "\n")
    if len(text) > CELL_LENGTH:
        raise Refused(
            _("This cell has %(n)s characters, %(most)s at most: say it shorter.")
            % {"n": len(text), "most": CELL_LENGTH}
        )
    return text


JOINS = "\u200c\u200d\ufe0f\u200e\u200f"
"""Invisible letters that words of some alphabets, and some signs, are made with."""


def read_marks(activity: Activity, post: QueryDict, item: Item | None) -> Marks:
    """The answer of a form. Raises Refused."""
    if activity.rates_items:
        if item is None:
            raise Refused(_("Say which item you rate."))
        names = AXES if activity.kind == "matrix" else QUALITIES
        return cast("Marks", {name: _grade(post, name) for name in names})
    if activity.kind == "dots":
        return {"dots": _dots(activity, post)}
    if activity.kind == "questions":
        return {"choices": _choices(activity, post)}
    if activity.form == activity.Form.SCALE:
        return {"grade": _grade(post, "grade")}
    if activity.form == activity.Form.RANKING:
        return {"order": _order(activity, post)}
    return {"choices": _choices(activity, post)}


def as_fields(marks: Marks) -> Mapping[str, Sequence[str]]:
    """The answer as its form would send it, field by field: what the page shows again.

    >>> as_fields({"dots": {"12": 3}})
    {'dots-12': ['3']}
    """
    if "dots" in marks:
        return {f"dots-{pk}": [str(n)] for pk, n in marks["dots"].items()}
    if "order" in marks:
        places = enumerate(marks["order"], start=1)
        return {f"place-{pk}": [str(place)] for place, pk in places}
    if "choices" in marks:
        return {"choice": [str(pk) for pk in marks["choices"]]}
    return {name: [str(grade)] for name, grade in marks.items()}


def _grade(post: QueryDict, name: str) -> int:
    text = post.get(name, "")
    if not text:
        raise Refused(_("An answer is missing: choose a number from 1 to 5."))
    if text not in [str(grade) for grade in GRADES]:
        raise Refused(_("This number is not on the scale from 1 to 5."))
    return int(text)


def _options(activity: Activity) -> list[int]:
    standing = activity.items.standing()
    return list(standing.in_order().values_list("pk", flat=True))


def _choices(activity: Activity, post: QueryDict) -> list[int]:
    offered = {str(pk): pk for pk in _options(activity)}
    chosen = list(dict.fromkeys(post.getlist("choice")))
    if not chosen:
        raise Refused(_("Nothing is chosen: choose an answer."))
    if any(one not in offered for one in chosen):
        raise Refused(_("This answer is not one of those offered."))
    if not activity.takes_several and len(chosen) > 1:
        raise Refused(_("Choose one answer only."))
    return [offered[one] for one in chosen]


def _order(activity: Activity, post: QueryDict) -> list[int]:
    """The options in the order of the places given to them, each place once."""
    options = _options(activity)
    places = [post.get(f"place-{pk}", "") for pk in options]
    wanted = [str(place) for place in range(1, len(options) + 1)]
    if sorted(places) != sorted(wanted):
        raise Refused(
            _("Give each option its own place, from 1 to %(n)s.") % {"n": len(options)}
        )
    pairs = sorted(zip((int(place) for place in places), options, strict=True))
    return [option for _place, option in pairs]


def _dots(activity: Activity, post: QueryDict) -> dict[str, int]:
    found: dict[str, int] = {}
    for pk in _options(activity):
        text = post.get(f"dots-{pk}") or "0"
        if not (text.isascii() and text.isdigit() and len(text) < 4):
            raise Refused(_("A number of dots is written in figures."))
        if int(text) > activity.dots_cap:
            raise Refused(
                _("At most %(n)s dots on one option.") % {"n": activity.dots_cap}
            )
        if int(text):
            found[str(pk)] = int(text)
    total = sum(found.values())
    if total > activity.dots:
        raise Refused(
            _("You placed %(total)s dots, and have %(n)s: take some back.")
            % {"total": total, "n": activity.dots}
        )
    if not total:
        raise Refused(_("No dot is placed yet."))
    return found


def fits(
    activity: Activity, marks: Mapping[str, object], item: int | None, there: Container
) -> bool:
    """Whether an answer kept elsewhere is one that this activity may have received.

    `there` holds its items, those set aside since too; its dots may have been fewer or
    more then, never more than it may ask for.
    """
    if activity.rates_items:
        names = AXES if activity.kind == "matrix" else QUALITIES
        grades = [marks.get(name) for name in names]
        return len(marks) == len(names) and item in there and set(grades) <= {*GRADES}
    if not activity.has_votes or item is not None or len(marks) != 1:
        return False
    ((name, given),) = marks.items()
    if activity.kind == "dots":
        return name == "dots" and isinstance(given, dict) and _are_dots(given, there)
    is_poll = activity.kind == "poll"
    if is_poll and activity.form == activity.Form.SCALE:
        return name == "grade" and given in GRADES
    is_ranking = is_poll and activity.form == activity.Form.RANKING
    most = None if is_ranking or activity.takes_several else 1
    return (
        name == ("order" if is_ranking else "choices")
        and isinstance(given, list)
        and 0 < len(given) == len(set(given)) <= (most or len(given))
        and all(pk in there for pk in given)
    )


def _are_dots(given: Mapping[str, int], there: Container) -> bool:
    placed = given.values()
    return (
        all(int(pk) in there for pk in given)
        and min(placed, default=0) > 0
        and sum(placed) <= MOST_DOTS
    )


def renumber(marks: Mapping[str, object], items: Mapping[int, int]) -> Marks:
    """The same answer where the items bear other numbers. Raises KeyError, ValueError.

    >>> renumber({"dots": {"12": 3}}, {12: 40})
    {'dots': {'40': 3}}
    """
    found: dict[str, object] = {}
    for name, given in marks.items():
        if name in ("choices", "order") and isinstance(given, list):
            found[name] = [items[pk] for pk in given]
        elif name == "dots" and isinstance(given, dict):
            found[name] = {str(items[int(pk)]): int(n) for pk, n in given.items()}
        elif name in Marks.__annotations__ and type(given) is int:
            found[name] = given
        else:
            raise ValueError(name)
    return cast("Marks", found)
