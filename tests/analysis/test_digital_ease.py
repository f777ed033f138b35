"""Twenty questions, counted by hand for a few people."""

from __future__ import annotations

import pytest

from jalons.analysis.digital_ease import AREAS, Profile, access, ease

ODETTE = {
    "field_devices": ["basic_phone"],
    "field_devices_enough": "not_enough",
    "field_connection": "no_access",
    "field_access_limits": ["price_of_plan", "price_of_device", "no_printer"],
    "field_frequency": "never",
    "field_wish_to_learn": "later",
}
KARIM = {
    "field_devices": ["smartphone", "printer"],
    "field_devices_enough": "shared_or_old",
    "field_connection": "mobile_only",
    "field_access_limits": ["price_of_plan"],
    "field_frequency": "daily",
    "field_communicate": "alone_easily",
    "field_inform": "alone_hardly",
    "field_documents": "alone_hardly",
    "field_security": "helped",
    "field_autonomy": "never",
    "field_buy": "alone_easily",
    "field_procedures": "helped",
    "field_wish_to_learn": "soon",
}


def test_somebody_without_internet_has_no_skill_area_and_is_offline():
    found = ease(ODETTE)

    assert 0 == found.access
    assert Profile.OFFLINE == found.profile
    assert 0 == found.acquired
    assert 0 == found.eservices
    assert 66.7 == round(found.appetite, 1)


def test_scores_of_a_telephone_user_add_up_by_hand():
    found = ease(KARIM)

    # 15 (one small screen) + 12.5 (shared) + 15 (mobile) + 25 × 2/3 (one limit)
    assert 59.2 == round(found.access, 1)
    assert {"communication", "information", "content"} == {
        area for area, acquired in found.areas.items() if acquired
    }
    assert Profile.FRAGILE == found.profile
    assert not found.is_uncertain
    # (3 + 1) of 6
    assert 66.7 == round(found.eservices, 1)
    assert 100 == found.appetite


@pytest.mark.parametrize(
    ("acquired", "profile"),
    [
        (0, Profile.VERY_FRAGILE),
        (2, Profile.VERY_FRAGILE),
        (3, Profile.FRAGILE),
        (4, Profile.FRAGILE),
        (5, Profile.AT_EASE),
    ],
)
def test_profiles_follow_the_number_of_areas_acquired(acquired, profile):
    said = ["alone_hardly"] * acquired + ["helped"] * (5 - acquired)
    answers = dict(zip(AREAS.values(), said, strict=True))

    assert profile == ease({"field_frequency": "weekly", **answers}).profile


def test_an_area_unanswered_is_missing_not_zero():
    without = {k: v for k, v in KARIM.items() if k != "field_autonomy"}
    found = ease(without | {"field_security": "not_concerned"})

    assert (None, None) == (found.areas["problem_solving"], found.areas["safety"])
    # Three areas for sure, five perhaps: fragile, and not sure.
    assert (Profile.FRAGILE, True) == (found.profile, found.is_uncertain)
    sure = ease(without | {"field_security": "helped"})
    assert (Profile.FRAGILE, False) == (sure.profile, sure.is_uncertain)


def test_a_part_of_access_unanswered_scales_the_others_up_from_three_on():
    three = {k: v for k, v in KARIM.items() if k != "field_access_limits"}
    two = {k: v for k, v in three.items() if k != "field_devices_enough"}

    assert 56.7 == round(access(three), 1)  # 42.5 of 75
    assert access(two) is None
    assert ease({}).profile is None
    assert 100 == access(
        {
            "field_devices": ["computer", "smartphone"],
            "field_devices_enough": "enough",
            "field_connection": "fibre",
            "field_access_limits": ["none"],
        }
    )
