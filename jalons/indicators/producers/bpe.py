"""INSEE, Base permanente des équipements: one row a facility, of type TYPEQU.

Distances go from the centre of each commune to the centre of the nearest commune that
has a facility of the type. Basket of public services: France Services (A128), the post
office, its relays and agencies (A206, A207, A208), the employment office (A122).
Posts, bank branches (A203) and libraries (F307) are counted by commune.
"""

from __future__ import annotations

from collections.abc import Collection

from jalons.indicators.producers.layouts import Kind, Layout, Measure, find

# Types of facility, in lower case.
BASKET = {
    "france_services": ("a128",),
    "post": ("a206", "a207", "a208"),
    "employment": ("a122",),
}
LIBRARY = ("f307",)
# Places where people already go, counted by commune; no type tells a café apart.
COUNTED = {
    "post_offices": BASKET["post"],
    "bank_branches": ("a203",),
    "libraries": LIBRARY,
}


def layout(columns: Collection[str]) -> Layout | None:
    """Recognised by its types of facility; a table of their numbers is none."""
    code = find(columns, "depcom")
    kind = find(columns, "typequ")
    if not code or not kind or find(columns, "nb_equip"):
        return None
    services = tuple(one for types in BASKET.values() for one in types)
    return Layout(
        source="bpe",
        code_column=code,
        measures=(
            Measure("services_distance", Kind.DISTANCE, when=kind, values=services),
            Measure("library_distance", Kind.DISTANCE, when=kind, values=LIBRARY),
            *(
                Measure(code, Kind.COUNT, when=kind, values=types)
                for code, types in COUNTED.items()
            ),
        ),
        date_column=find(columns, "an"),
        is_list=True,
    )


def baskets(indicator: str) -> Collection[tuple[str, ...]]:
    """Types of facility to be near, one group for each distance of the mean."""
    return list(BASKET.values()) if indicator == "services_distance" else [LIBRARY]
