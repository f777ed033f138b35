"""Which lists a space answers for: its own, and those that nobody keeps around it."""

from __future__ import annotations

from django.db.models import Q

from jalons.spaces.models import Space
from jalons.territories.models import Territory


def kept_by(space: Space, path: str = "") -> Q:
    """The places a space corrects, at the end of a path of a query.

    A list without a team was imported by whoever runs the site: what is reported about
    its places goes to the resource centre of their région, once it is recognised.
    """
    theirs = Q(**{f"{path}place_list__space": space})
    if space.kind != Space.Kind.RESOURCE_CENTRE or not space.is_recognised:
        return theirs
    communes = Territory.objects.communes().within(space.territory)
    around = {f"{path}commune__in": communes, f"{path}place_list__space": None}
    return theirs | Q(**around)
