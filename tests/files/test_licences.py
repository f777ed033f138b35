"""A licence is said by whoever publishes, and by nobody else."""

from __future__ import annotations

from typing import get_args

import pytest

from jalons.files.licences import (
    OFFERED,
    SPDX,
    TEXTS,
    Licence,
    Said,
    common_to,
    name_of,
    with_licence,
)


def test_what_is_offered_is_what_may_be_stored():
    assert list(get_args(Said)) == ["", *Licence.values]
    assert [code for code, _words in OFFERED] == ["", *Licence.values]


def test_each_licence_but_the_absence_of_one_has_a_text_and_a_name_for_machines():
    given = set(Licence) - {Licence.RESERVED}

    assert set(TEXTS) == given
    assert set(SPDX) == {one.label for one in given}


@pytest.mark.parametrize(
    ("said", "of_all"),
    [
        (["CC BY 4.0", "CC BY 4.0"], "CC BY 4.0"),
        (["CC BY 4.0", None], None),
        (["CC BY 4.0", "ODbL 1.0"], None),
        ([None], None),
        ([], None),
    ],
)
def test_a_list_has_a_licence_when_each_of_its_items_has_that_one(said, of_all):
    assert common_to(said) == of_all


def test_what_nobody_said_adds_no_word():
    assert with_licence("Enquête", "") == "Enquête"
    assert name_of("") is None
    assert "CC BY-SA 4.0" in with_licence("Enquête", "CC-BY-SA-4.0")
