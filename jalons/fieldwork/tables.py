"""Every table that the people met are counted in, and what each is worked out from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jalons.analysis.digital_ease import AREAS, Profile
from jalons.fieldwork.measures import MEASURES, PROFILE
from jalons.fieldwork.people import People
from jalons.fieldwork.protection import Cells, Tie
from jalons.fieldwork.wishes import WISH, cells_of, choice_name, soon_in
from jalons.questionnaires.answers import asked
from jalons.questionnaires.definitions import Question

YES, NO = "yes", "no"
COMMUNE = "commune"
FREQUENCY = "field_frequency"
MEANS: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "access": (
        25,
        (
            "field_devices",
            "field_devices_enough",
            "field_connection",
            "field_access_limits",
        ),
    ),
    "eservices": (50, (FREQUENCY, "field_buy", "field_procedures")),
    "appetite": (100, ("field_wish_to_learn",)),
}
"""Points that one answer moves the score of somebody by, at most; those behind it."""


def area_name(area: str) -> str:
    return f"area {area}"


def measure_name(code: str) -> str:
    return f"measure {code}"


def option_name(question: str, option: str) -> str:
    return f"{question} {option}"


def answered(people: People) -> Iterator[tuple[Question, list[object]]]:
    """Each question with codes, and what each person answered; None when not asked."""
    reached = _reached(people)
    for question in people.definition.questions:
        if question.type in ("single", "scale", "multiple"):
            code = question.code
            yield (
                question,
                [
                    one.get(code) if code in codes else None
                    for one, codes in zip(people.answers, reached, strict=True)
                ],
            )


def ticked(answer: object, option: str) -> bool | None:
    return option in answer if isinstance(answer, list) else None


def holding(people: People) -> dict[str, list[bool | None]]:
    """For whom each measure beside an index holds."""
    meanings = {code: meaning for meaning, code in people.by_meaning.items()}
    said = [
        {meanings[c]: a for c, a in one.items() if c in meanings}
        for one in people.answers
    ]
    return {
        measure.code: [
            measure.holds(one, e) for one, e in zip(said, people.ease, strict=True)
        ]
        for measure in MEASURES
    }


def tables_of(people: People) -> tuple[list[Cells], list[Cells]]:
    """Those of the results, protected together; those that workshops add to them."""
    communes = sorted(set(people.communes))
    wishes = [*cells_of(people)]
    found = [wishes[-1], _single(COMMUNE, people.communes, communes, True, ())]
    names: dict[str, list[str]] = {}
    for one in _of_questions(people, soon_in(wishes[0])):
        found.append(one)
        names.setdefault(one.name.split()[0], []).append(one.name)
    behind = {m: names.get(code, []) for m, code in people.by_meaning.items()}
    profiles = [one.profile.value if one.profile else "" for one in people.ease]
    codes = [one.value for one in Profile]
    behind[PROFILE] = [PROFILE]
    frequency = behind.get(FREQUENCY, [])
    areas = [
        _holds(
            area_name(area),
            [one.areas[area] for one in people.ease],
            True,
            _ties(*frequency, *behind.get(meaning, [])),
        )
        for area, meaning in AREAS.items()
    ]
    found += areas
    worked_out = _ties(*frequency, *(one.name for one in areas))
    found.append(_single(PROFILE, profiles, codes, True, worked_out))
    for measure in MEASURES:
        sources = _ties(*(n for one in measure.meanings for n in behind.get(one, [])))
        holds = holding(people)[measure.code]
        found.append(_holds(measure_name(measure.code), holds, False, sources))
    for name, values in (
        ("access", [one.access for one in people.ease]),
        ("eservices", [one.eservices for one in people.ease]),
        ("appetite", [one.appetite for one in people.ease]),
    ):
        has = [None if one is None else True for one in values]
        found.append(_holds(name, has, True, ()))
    return found, wishes[:-1]


def _of_questions(people: People, soon: Tie) -> Iterator[Cells]:
    reached = _reached(people)
    for question, answers in answered(people):
        code, options = question.code, question.option_codes
        is_for_all = all(code in codes for codes in reached)
        sources = [*_conditions(people, code)]
        if question.type != "multiple":
            sources += _ties(*(choice_name(code, option) for option in options))
            sources += [soon] if code == people.by_meaning.get(WISH) else []
            said = ["" if one is None else str(one) for one in answers]
            yield _single(code, said, options, is_for_all, sources)
            continue
        for option in options:
            holds = [ticked(one, option) for one in answers]
            tied = [*sources, *_ties(choice_name(code, option))]
            yield _holds(option_name(code, option), holds, is_for_all, tied)


def _ties(*tables: str) -> list[Tie]:
    return [Tie(table) for table in tables]


def _conditions(people: People, code: str) -> Iterator[Tie]:
    """The tables that decide who is asked a question."""
    for section in people.definition.sections:
        for question in section.questions:
            if question.code == code:
                for one in (section.show_if, question.show_if):
                    if one is not None:
                        yield Tie(one.question, one.any_of, is_condition=True)
                        for option in one.any_of:
                            name = option_name(one.question, option)
                            yield Tie(name, (YES,), is_condition=True)


def _single(
    name: str,
    chosen: Sequence[str],
    codes: Sequence[str],
    is_missing: bool,
    sources: Sequence[Tie],
) -> Cells:
    inside: dict[str, set[int]] = {code: set() for code in codes}
    left_out: set[int] = set()
    for at, one in enumerate(chosen):
        inside.get(one, left_out).add(at)
    kept = {code: frozenset(people) for code, people in inside.items()}
    return Cells(name, kept, frozenset(left_out), is_missing, sources)


def _holds(
    name: str,
    holds: Sequence[bool | None],
    is_missing: bool,
    sources: Sequence[Tie],
) -> Cells:
    said = ["" if one is None else YES if one else NO for one in holds]
    return _single(name, said, (YES, NO), is_missing, sources)


def _reached(people: People) -> list[set[str]]:
    return [
        {question.code for question in asked(people.definition, one)}
        for one in people.answers
    ]
