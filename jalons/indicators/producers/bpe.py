"""INSEE, Base permanente des équipements: one row a facility, of type TYPEQU.

Distances go from the centre of each commune to the centre of the nearest commune that
has a facility of the type. Basket of public services: France Services (A128), the post
office, its relays and agencies (A206, A207, A208), the employment office (A122).
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


def layout(columns: Collection[str]) -> Layout | None:
    """Recognised by its types of facility."""
    code = find(columns, "depcom")
    kind = find(columns, "typequ")
    if not code or not kind:
        return None
    services = tuple(one for types in BASKET.values() for one in types)
    return Layout(
        source="bpe",
        code_column=code,
        measures=(
            Measure("services_distance", Kind.COUNT, when=kind, values=services),
            Measure("library_distance", Kind.COUNT, when=kind, values=LIBRARY),
        ),
        date_column=find(columns, "an"),
        is_list=True,
        finish="distances",
    )


def baskets(indicator: str) -> Collection[tuple[str, ...]]:
    """Types of facility to be near, one group for each distance of the mean."""
    return list(BASKET.values()) if indicator == "services_distance" else [LIBRARY]
