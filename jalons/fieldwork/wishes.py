"""Who would like to learn, in which group of communes, and what each of them chose."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from jalons.analysis.near_groups import Spot, group_near
from jalons.analysis.secrecy import INHABITANTS
from jalons.fieldwork.people import People
from jalons.fieldwork.protection import Cells, Tie

INTERESTED = ("soon", "later", "maybe")
WISH = "field_wish_to_learn"
CHOICES = (
    "field_wished_topics",
    "field_places",
    "field_availability",
    "field_way_of_learning",
    "field_transport",
)
WISHING, WISHING_SOON = "wishing", "wishing soon"
YES, NO = " yes", " no"


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring communes, and the people met there who would like to learn."""

    communes: tuple[str, ...]
    people: tuple[int, ...]


def groups_of(people: People) -> list[Group]:
    """Groups of eleven people interested, if there are as many."""
    wish = people.by_meaning.get(WISH, "")
    who = [at for at, one in enumerate(people.answers) if one.get(wish) in INTERESTED]
    places = [people.communes[at] for at in who]
    spots = [
        Spot(one.pk, one.longitude or 0.0, one.latitude or 0.0, places.count(one.pk))
        for one in people.surveyed
    ]
    return [
        Group(group, tuple(at for at in who if people.communes[at] in group))
        for group in group_near(spots, least=INHABITANTS)
    ]


def chosen(people: People, at: int, question: str) -> set[str]:
    """What somebody chose; a moment suits by "yes" only, "sometimes" fills no room."""
    answer = people.answers[at].get(question)
    if isinstance(answer, dict):
        return {str(row) for row, said in answer.items() if said == "yes"}
    found = answer if isinstance(answer, list) else [answer]
    return {str(one) for one in found if one not in (None, "none")}


def choice_name(question: str, option: str) -> str:
    return f"wishing {question} {option}"


def cells_of(people: People) -> Iterator[Cells]:
    """The counts that workshops are told with: they overlap with the questions.

    How many are interested comes last.
    """
    groups = groups_of(people)
    met = frozenset(range(people.n))
    left_out = met.difference(*(one.people for one in groups))
    wish = people.by_meaning.get(WISH, "")
    soon = {at for at in met if people.answers[at].get(wish) == "soon"}
    asked = Tie(wish, INTERESTED, is_condition=True)
    inside = _split(groups, soon, met)
    yield Cells(WISHING_SOON, inside, left_out, False, [asked])
    ties = [asked, Tie(WISHING_SOON)]
    for meaning in CHOICES:
        question = people.by_meaning.get(meaning, "")
        answered = {
            at for at in met - left_out if people.answers[at].get(question) is not None
        }
        said = {at: chosen(people, at, question) for at in answered}
        for option in sorted(set().union(*said.values())):
            those = {at for at, options in said.items() if option in options}
            name = choice_name(question, option)
            ties.append(Tie(name))
            yield Cells(name, _split(groups, those, answered), met - answered)
    inside = {str(n): frozenset(one.people) for n, one in enumerate(groups)}
    yield Cells(WISHING, inside, left_out, False, ties, True, is_wanted=True)


def soon_in(soon: Cells) -> Tie:
    """Those of all the groups who said soon are those of the question."""
    return Tie(soon.name, [one for one in soon.inside if not one.endswith(YES)])


def yes(group: int) -> str:
    """The cell of those of a group for whom it holds."""
    return f"{group}{YES}"


def _split(
    groups: list[Group], those: Set[int], among: Set[int]
) -> dict[str, frozenset[int]]:
    """Among these people, by group: those, and the others."""
    found = {}
    for n, one in enumerate(groups):
        inside = among & set(one.people)
        found[yes(n)] = frozenset(inside & those)
        found[f"{n}{NO}"] = frozenset(inside - those)
    return found
