"""What was adopted of a roadmap, and when."""

from __future__ import annotations

from collections.abc import Iterable

from jalons.adoption.models import Adoption
from jalons.roadmaps.models import Roadmap


def adopted_lately(roadmaps: Iterable[Roadmap]) -> dict[int, Adoption]:
    """The last adoption of each roadmap that has one, by its key."""
    found = Adoption.objects.filter(version__roadmap__in=roadmaps)
    found = found.select_related("version").defer(
        "version__document", "version__drawings", "version__data"
    )
    rows = found.order_by("adopted_on", "version__number")
    return {one.version.roadmap_id: one for one in rows}
