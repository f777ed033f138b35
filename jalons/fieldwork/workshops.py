"""From wishes to workshops: what, where and when, by commune or neighbouring communes.

Those who would like to learn (soon, later, perhaps) say what, where, when and how. Each
group of communes counts at least eleven of them; a topic, a place or a moment that
fewer than eleven chose keeps its rank and loses its number. Centres of interest come
before procedures when both are wished for: one comes for photos, stays for the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from jalons.analysis.near_groups import Spot, group_near
from jalons.analysis.secrecy import INHABITANTS
from jalons.fieldwork.people import People

INTERESTED = ("soon", "later", "maybe")
PROCEDURES = ("procedures", "employment", "health", "school")
"""What one has to do, rather than what one likes."""
MOST = 3


@dataclass(frozen=True, slots=True)
class Wished:
    """An answer and how many chose it; None under eleven."""

    code: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be offered to a group of communes; `interested` is None if too few."""

    communes: tuple[str, ...]
    interested: int | None
    soon: int | None
    interests: tuple[Wished, ...]
    procedures: tuple[Wished, ...]
    places: tuple[Wished, ...]
    moments: tuple[Wished, ...]
    ways: tuple[Wished, ...]
    transports: tuple[Wished, ...]


def proposals_of(people: People) -> list[Proposal]:
    """One proposal a group of communes, by name of commune."""
    code = people.by_meaning
    wish = code.get("field_wish_to_learn", "")
    who = [
        at
        for at, answers in enumerate(people.answers)
        if answers.get(wish) in INTERESTED
    ]
    counts = Counter(people.communes[at] for at in who)
    spots = [
        Spot(one.pk, one.longitude or 0.0, one.latitude or 0.0, counts[one.pk])
        for one in people.round.campaign.territories.order_by("name")
    ]
    found = []
    for group in group_near(spots, least=INHABITANTS):
        inside = [people.answers[at] for at in who if people.communes[at] in group]
        found.append(_proposal(group, inside, code, wish))
    return found


def _proposal(
    group: tuple[str, ...],
    inside: list[dict[str, object]],
    code: Mapping[str, str],
    wish: str,
) -> Proposal:
    topics = _counted(inside, code.get("field_wished_topics", ""))
    interests = {one: n for one, n in topics.items() if one not in PROCEDURES}
    procedures = {one: n for one, n in topics.items() if one in PROCEDURES}
    is_told = len(inside) >= INHABITANTS
    soon = sum(one.get(wish) == "soon" for one in inside)
    return Proposal(
        communes=group,
        interested=len(inside) if is_told else None,
        soon=soon if soon >= INHABITANTS else None,
        interests=_first(interests),
        procedures=_first(procedures),
        places=_first(_counted(inside, code.get("field_places", ""))),
        moments=_first(_moments(inside, code.get("field_availability", ""))),
        ways=_first(_counted(inside, code.get("field_way_of_learning", ""))),
        transports=_first(_counted(inside, code.get("field_transport", ""))),
    )


def _counted(inside: list[dict[str, object]], question: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for answers in inside:
        answer = answers.get(question)
        if answer is not None:
            chosen = answer if isinstance(answer, list) else [answer]
            found.update(str(one) for one in chosen if one != "none")
    return found


def _moments(inside: list[dict[str, object]], question: str) -> Counter[str]:
    """Moments that suit: "yes" only, "sometimes" fills no room."""
    found: Counter[str] = Counter()
    for answers in inside:
        answer = answers.get(question)
        if isinstance(answer, dict):
            found.update(row for row, said in answer.items() if said == "yes")
    return found


def _first(counts: Mapping[str, int]) -> tuple[Wished, ...]:
    order = sorted(counts, key=lambda one: (-counts[one], one))[:MOST]
    return tuple(
        Wished(one, counts[one] if counts[one] >= INHABITANTS else None)
        for one in order
    )
