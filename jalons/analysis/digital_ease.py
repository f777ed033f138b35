"""What twenty questions say of one person: access, skills, e-services, appetite.

Access, 0 to 100: four parts of 25 each, devices, whether they are enough, connection at
home, what limits it (three limits or more: nothing left). A part not answered leaves
the others to be scaled up, from three parts on; otherwise there is no score.

Skills: five areas of the European framework (information, communication, content,
safety, problem solving; R. Vuorikari et al., 2022, DigComp 2.2), each acquired when one
does the task alone, easily or not (2 or 3 on the scale of 0 to 3). Who no longer uses
internet was not asked: no area is acquired, which is a true zero.

Profiles: not an internet user; very fragile, two areas at most; fragile, three or
four; at ease, five. An area unanswered may be acquired or not: the profile takes the
low bound and is marked uncertain when the high bound says another.

E-services, 0 to 100: mean of buying and of procedures. Appetite, 0 to 100: not at all,
maybe, later, soon.

This is not INSEE's rate of digital illiteracy, which rests on other questions asked of
a random sample. The points are a choice of this project: they order people met with
the same questions, and do not compare with any published figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

Answers = Mapping[str, object]
"""By meaning of question (`field_devices`…): the code chosen, or the list of them."""

AREAS = {
    "information": "field_inform",
    "communication": "field_communicate",
    "content": "field_documents",
    "safety": "field_security",
    "problem_solving": "field_autonomy",
}
SCALE = {"alone_easily": 3, "alone_hardly": 2, "helped": 1, "never": 0}
ACQUIRED = 2
"""Alone, even with difficulty."""
ESERVICES = ("field_buy", "field_procedures")
USERS = ("daily", "weekly", "seldom")
NON_USERS = ("formerly", "never")
APPETITE = {"no": 0.0, "maybe": 100 / 3, "later": 200 / 3, "soon": 100.0}

PART = 25.0
LEAST_PARTS = 3
ENOUGH = {"enough": PART, "shared_or_old": PART / 2, "not_enough": 0.0}
CONNECTION = {
    "fibre": PART,
    "other_fixed": PART,
    "mobile_only": 15.0,
    "elsewhere": 5.0,
    "no_access": 0.0,
}
MOST_LIMITS = 3
VERY_FRAGILE, FRAGILE = 2, 4
"""Most areas acquired by somebody very fragile, and by somebody fragile."""


class Profile(Enum):
    """Four ways of standing towards digital tools, from the farthest."""

    OFFLINE = "offline"
    VERY_FRAGILE = "very_fragile"
    FRAGILE = "fragile"
    AT_EASE = "at_ease"


@dataclass(frozen=True, slots=True)
class Ease:
    """One person: scores between 0 and 100, None when they cannot be computed.

    `areas` says which are acquired, None where nothing was answered.
    """

    access: float | None
    areas: Mapping[str, bool | None]
    eservices: float | None
    appetite: float | None
    profile: Profile | None
    is_uncertain: bool

    @property
    def acquired(self) -> int:
        return sum(found is True for found in self.areas.values())


def ease(answers: Answers) -> Ease:
    """What the answers of one person say.

    >>> alone = {meaning: "alone_hardly" for meaning in AREAS.values()}
    >>> ease({"field_frequency": "daily", **alone}).profile
    <Profile.AT_EASE: 'at_ease'>
    >>> ease({"field_frequency": "never"}).profile
    <Profile.OFFLINE: 'offline'>
    """
    areas = _areas(answers)
    profile, is_uncertain = _profile(answers, areas)
    return Ease(
        access=access(answers),
        areas=areas,
        eservices=_eservices(answers),
        appetite=APPETITE.get(_one(answers, "field_wish_to_learn")),
        profile=profile,
        is_uncertain=is_uncertain,
    )


def access(answers: Answers) -> float | None:
    """Access between 0 and 100, or None under three parts answered.

    >>> round(access({"field_devices": ["smartphone"], "field_devices_enough": "enough",
    ...     "field_connection": "mobile_only", "field_access_limits": ["speed"]}), 1)
    71.7
    """
    parts = [part for part in _parts(answers) if part is not None]
    if len(parts) < LEAST_PARTS:
        return None
    return sum(parts) * 100 / (PART * len(parts))


def _parts(answers: Answers) -> Sequence[float | None]:
    limits = _several(answers, "field_access_limits")
    left = MOST_LIMITS - min(MOST_LIMITS, len(set(limits) - {"none"}))
    return (
        _devices(_several(answers, "field_devices")),
        ENOUGH.get(_one(answers, "field_devices_enough")),
        CONNECTION.get(_one(answers, "field_connection")),
        PART * left / MOST_LIMITS if limits else None,
    )


def _devices(devices: Sequence[str]) -> float | None:
    """Nothing without a screen for internet; all with a large and a small one."""
    if not devices:
        return None
    has_large = "computer" in devices or "tablet" in devices
    has_small = "smartphone" in devices
    if has_large and has_small:
        return PART
    if "computer" in devices:
        return 20.0
    return 15.0 if has_large or has_small else 0.0


def _areas(answers: Answers) -> dict[str, bool | None]:
    if _one(answers, "field_frequency") in NON_USERS:
        return dict.fromkeys(AREAS, False)
    found = {area: SCALE.get(_one(answers, code)) for area, code in AREAS.items()}
    return {
        area: None if value is None else value >= ACQUIRED
        for area, value in found.items()
    }


def _profile(
    answers: Answers, areas: Mapping[str, bool | None]
) -> tuple[Profile | None, bool]:
    frequency = _one(answers, "field_frequency")
    if frequency in NON_USERS:
        return Profile.OFFLINE, False
    known = [found for found in areas.values() if found is not None]
    if frequency not in USERS or not known:
        return None, False
    low = sum(known)
    profile = _by_areas(low)
    return profile, profile != _by_areas(low + len(areas) - len(known))


def _by_areas(count: int) -> Profile:
    if count <= VERY_FRAGILE:
        return Profile.VERY_FRAGILE
    return Profile.FRAGILE if count <= FRAGILE else Profile.AT_EASE


def _eservices(answers: Answers) -> float | None:
    if _one(answers, "field_frequency") in NON_USERS:
        return 0.0
    values = [SCALE.get(_one(answers, code)) for code in ESERVICES]
    known = [value for value in values if value is not None]
    if not known:
        return None
    return sum(known) * 100 / (max(SCALE.values()) * len(known))


def _one(answers: Answers, meaning: str) -> str:
    answer = answers.get(meaning)
    return answer if isinstance(answer, str) else ""


def _several(answers: Answers, meaning: str) -> list[str]:
    answer = answers.get(meaning)
    return [str(one) for one in answer] if isinstance(answer, list | tuple) else []
