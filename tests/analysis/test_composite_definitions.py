"""The definitions of indices that the project carries, and those it must refuse."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path

import pytest

from jalons.analysis.index import indicators_of, shares, ticked
from jalons.analysis.index_file import InvalidDefinition, index_of

FILES = sorted(Path("data/indices").glob("*.toml"))
TEXTS = ("title", "question", "published", "ours", "limits")


def read(name: str) -> dict:
    return tomllib.loads(Path(f"data/indices/{name}.toml").read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_definition_is_complete_in_both_languages_and_says_who_reviewed_it(path):
    definition = read(path.stem)

    index = index_of(definition)

    assert path.stem == index.code
    assert shares(ticked(index)).sum() == pytest.approx(1)
    assert {"author", "reviewer"} <= definition.keys()
    titled = [definition[text] for text in TEXTS]
    for axis in definition["axis"]:
        titled += [axis["title"], *(one["title"] for one in axis["indicator"])]
    for text in titled:
        assert text["fr"].strip()
        assert text["en"].strip()


def test_the_index_of_2024_weighs_its_five_indicators_alike_from_1_to_10():
    index = index_of(read("ifn-2024"))

    assert [0.2] * 5 == shares(ticked(index)).tolist()
    assert ("percentile", 1, 10) == (
        index.scale.formula,
        index.scale.low,
        index.scale.high,
    )


def test_four_axes_weigh_alike_or_as_in_2020():
    definition = read("quatre-axes")

    usual, v1 = index_of(definition), index_of(definition, option="v1")

    assert [1, 1, 1, 1] == [axis.weight for axis in usual.axes]
    weights = {axis.code: axis.weight / 6 for axis in v1.axes}
    assert weights == {
        "interfaces": 1 / 6,
        "skills": 2 / 6,
        "information": 2 / 6,
        "administrative": 1 / 6,
    }
    assert 12 == len(indicators_of(ticked(v1)))


def test_the_index_of_2021_goes_from_minus_10_to_10_without_nationality():
    index = index_of(read("ifn-2021"))

    codes = [one.code for one in indicators_of(ticked(index))]
    assert 10 == len(codes)
    assert "foreigners" not in codes
    assert (-10, 10) == (index.scale.low, index.scale.high)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("aggregation",), "median", "aggregation: median is none of arithmetic"),
        (("scale", "formula"), "rank", "formula: rank is none of"),
        (("scale", "trim"), [1], "trim: two percentiles"),
        (("scale", "low"), "1", "low: '1' is not a float"),
        (("coverage", "least_weight_share"), 75, "a share between 0 and 1"),
        (("axis",), [], "at least one"),
        (("axis", 0, "weight"), 11, "weight: a weight is an integer from 0 to 10"),
        (("axis", 0, "weight"), 0.25, "weight: 0.25 is not a int"),
        (("axis", 0, "indicator", 0, "raised_by"), "more", "raised_by: more is none"),
        (("axis", 0, "indicator", 0, "id"), None, "id: this key is missing"),
    ],
)
def test_a_wrong_definition_is_refused_with_the_name_of_the_key(path, value, message):
    definition = copy.deepcopy(read("ifn-2024"))
    place = definition
    for key in path[:-1]:
        place = place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value

    with pytest.raises(InvalidDefinition, match=message):
        index_of(definition)


def test_an_option_that_does_not_exist_is_refused():
    with pytest.raises(InvalidDefinition, match="v3"):
        index_of(read("quatre-axes"), option="v3")
