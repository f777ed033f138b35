from __future__ import annotations

from jalons.indices.areas import HOME_REGION
from jalons.indices.models import IndexDefinition, IndexResult
from jalons.indices.operations import load_definitions, shipped_files
from jalons.territories.models import Territory
from tests.house.calls.call import Call, Side

NAMES = (
    *("show", "territories", "territories_csv", "tune", "robustness"),
    *("freeze", "results"),
)


def calls(side: Side) -> dict[str, Call]:
    """The shipped indices; without figures, their pages say what is missing."""
    load_definitions(shipped_files())
    Territory.objects.get_or_create(
        code=HOME_REGION,
        defaults={"kind": Territory.Kind.REGION, "name": "Nouvelle-Aquitaine"},
    )
    kept = {"code": "quatre-axes", "pk": _frozen(side).pk}
    return {f"indices:{name}": Call({"code": "quatre-axes"}) for name in NAMES} | {
        f"indices:{name}": Call(kept) for name in ("result", "result_csv")
    }


def _frozen(side: Side) -> IndexResult:
    score = {"name": "CC d’Exemple", "score": 5.5, "ranks": [1, 1, 1]}
    found, _is_new = IndexResult.objects.get_or_create(
        checksum="0" * 64,
        defaults={
            "definition": IndexDefinition.objects.get(code="quatre-axes"),
            "level": Territory.Kind.EPCI,
            "reference": HOME_REGION,
            "vintages": {"poverty_rate": "2021"},
            "code_version": "1",
            "scores": {"900000001": score | {"fragile_share": 0.5}},
        },
    )
    return found
