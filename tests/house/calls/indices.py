from __future__ import annotations

from jalons.indices.areas import HOME_REGION
from jalons.indices.models import IndexDefinition, IndexResult
from jalons.indices.operations import load_definitions, shipped_files
from jalons.territories.models import CURRENT_YEAR, Contour, Membership, Territory
from tests.house.calls.call import Call, Side

NAMES = (
    *("show", "territories", "territories_csv", "tune", "robustness"),
    *("freeze", "results"),
)

DRAWN = ("departement", "departement_values")


def calls(side: Side) -> dict[str, Call]:
    """The shipped indices; without figures, their pages say what is missing."""
    load_definitions(shipped_files())
    Territory.objects.get_or_create(
        code=HOME_REGION,
        defaults={"kind": Territory.Kind.REGION, "name": "Nouvelle-Aquitaine"},
    )
    drawn = {"code": _departement().pk}
    kept = {"code": "quatre-axes", "pk": _frozen(side).pk}
    return {
        **{f"indices:{name}": Call({"code": "quatre-axes"}) for name in NAMES},
        **{f"indices:{name}": Call(kept) for name in ("result", "result_csv")},
        **{f"indices:{name}": Call(drawn) for name in DRAWN},
    }


def _departement() -> Territory:
    """One of the country, with a commune that can be drawn."""
    inside, _is_new = Territory.objects.get_or_create(
        code="19", defaults={"kind": Territory.Kind.DEPARTEMENT, "name": "Corrèze"}
    )
    commune, is_new = Territory.objects.get_or_create(
        code="19275",
        defaults={
            "kind": Territory.Kind.COMMUNE,
            "name": "Ussel",
            "population": 9_000,
            "area_km2": 50.0,
        },
    )
    if is_new:
        Membership.objects.create(member=commune, group=inside, since=CURRENT_YEAR)
        for one in (inside, commune):
            box = {"min_x": 0, "min_y": 0, "max_x": 9, "max_y": 9}
            Contour.objects.create(
                **box,
                territory=one,
                vintage=CURRENT_YEAR,
                frame="metropole",
                path="M0 0l9 0 0 9-9 0Z",
            )
    return inside


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
