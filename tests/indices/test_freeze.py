from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from jalons.audit.models import Entry
from jalons.indices.areas import Area
from jalons.indices.code_version import CODE_VERSION
from jalons.indices.figures import standing_of
from jalons.indices.models import IndexDefinition, IndexResult
from jalons.indices.operations import freeze_result
from jalons.territories.models import Territory
from tests.indices.conftest import observe

pytestmark = pytest.mark.django_db
AREA = Area("epci", "R75", "R75")


def test_a_result_is_frozen_with_all_that_made_it(region, shipped):
    definition = IndexDefinition.objects.get(code="chiffres-embarques")

    result = freeze_result(definition, AREA)

    standing = standing_of(Territory.objects.get(code="200040392"))
    kept = result.scores["200040392"]
    assert standing.score == pytest.approx(kept["score"], abs=1e-6)
    assert [standing.rank.low, standing.rank.middle, standing.rank.high] == kept[
        "ranks"
    ]
    assert 154 == len(result.scores)
    assert {"poverty_rate": "2021", "below_bac": "2022"}.items() <= (
        result.vintages.items()
    )
    assert (CODE_VERSION, "R75") == (result.code_version, result.reference)
    assert 1 == Entry.objects.filter(verb="result.frozen").count()


def test_the_same_result_is_kept_once_and_another_vintage_beside_it(region, shipped):
    definition = IndexDefinition.objects.get(code="chiffres-embarques")
    first = freeze_result(definition, AREA)

    again = freeze_result(definition, AREA)
    observe("below_bac", {"200040392": 12.5}, vintage="2023")
    other = freeze_result(definition, AREA)

    assert first == again
    assert first != other
    assert 2 == IndexResult.objects.count()
    assert first.scores == IndexResult.objects.get(pk=first.pk).scores


def test_an_index_without_scores_is_not_frozen(region, shipped):
    definition = IndexDefinition.objects.get(code="ifn-2024")

    assert freeze_result(definition, AREA) is None
    assert not IndexResult.objects.exists()


def test_the_command_freezes_what_can_be_and_a_dry_run_writes_nothing(region, shipped):
    out = StringIO()

    call_command("freeze_indices", "--dry-run", "--json", stdout=out)

    report = json.loads(out.getvalue())
    scored = {row["index"]: row["scored"] for row in report["results"]}
    assert (154, 0) == (scored["chiffres-embarques"], scored["ifn-2024"])
    assert not IndexResult.objects.exists()

    call_command("freeze_indices", stdout=out)

    assert "chiffres-embarques v1: 154" in out.getvalue()
    assert sum(1 for count in scored.values() if count) == IndexResult.objects.count()
