"""What people met say of what an index supposes: one measure beside each component.

A figure tells a risk in a place (lines that cannot be ordered); people tell what they
live (no connection at home). Both are shown side by side, and neither replaces the
other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jalons.analysis.digital_ease import Ease, Profile

PROFILE = "profile"
Said = Mapping[str, object]
"""Answers of one person by meaning."""


@dataclass(frozen=True, slots=True)
class Measure:
    """`holds` is None for somebody whom it does not concern, or who did not answer.

    `meanings` names what it is worked out from: answers, or the profile.
    """

    code: str
    title: str | Promise
    indicators: tuple[str, ...]
    meanings: tuple[str, ...]
    holds: Callable[[Said, Ease], bool | None]


def _one_of(meaning: str, *codes: str) -> Callable[[Said, Ease], bool | None]:
    """Whether the answer is, or holds, one of these; None without an answer."""

    def holds(said: Said, _ease: Ease) -> bool | None:
        answer = said.get(meaning)
        if answer is None:
            return None
        chosen = answer if isinstance(answer, list) else [answer]
        return any(one in codes for one in chosen)

    return holds


def _far(_said: Said, ease: Ease) -> bool | None:
    if ease.profile is None:
        return None
    return ease.profile in (Profile.OFFLINE, Profile.VERY_FRAGILE)


def _old_and_far(said: Said, ease: Ease) -> bool | None:
    is_old = said.get("person_age") in ("a65_79", "a80")
    return _far(said, ease) if is_old else None


def _alone_without_help(said: Said, _ease: Ease) -> bool | None:
    helpers = said.get("field_helpers")
    if said.get("person_household") != "alone" or not isinstance(helpers, list):
        return None
    return helpers == ["none"]


def _price(said: Said, _ease: Ease) -> bool | None:
    limits, obstacles = (
        said.get(code) for code in ("field_access_limits", "field_obstacles")
    )
    if limits is None and obstacles is None:
        return None
    named = [*(limits or ()), *(obstacles or ())]  # type: ignore[misc]
    return bool({"price_of_plan", "price_of_device", "cost"} & set(named))


MEASURES = (
    Measure(
        "no_connection",
        _("no usable connection at home"),
        ("no_thd",),
        ("field_connection",),
        _one_of("field_connection", "elsewhere", "no_access"),
    ),
    Measure(
        "cuts",
        _("speed or cuts limit access"),
        ("no_4g", "no_thd"),
        ("field_access_limits",),
        _one_of("field_access_limits", "speed"),
    ),
    Measure(
        "price",
        _("price limits access, or holds back"),
        ("poverty_rate", "median_income"),
        ("field_access_limits", "field_obstacles"),
        _price,
    ),
    Measure(
        "old_and_far",
        _("among those aged 65 and over, offline or very fragile"),
        ("share_65_plus",),
        ("person_age", PROFILE),
        _old_and_far,
    ),
    Measure(
        "far",
        _("offline or very fragile"),
        ("below_bac", "unemployment"),
        (PROFILE,),
        _far,
    ),
    Measure(
        "alone",
        _("among those who live alone, nobody to help them"),
        ("one_person_households",),
        ("person_household", "field_helpers"),
        _alone_without_help,
    ),
    Measure(
        "gave_up",
        _("gave up a procedure because it was online"),
        ("public_service_distance", "lone_parent_families"),
        ("field_gave_up",),
        _one_of("field_gave_up", "several_times", "once"),
    ),
)
