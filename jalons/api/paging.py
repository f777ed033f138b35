"""Pages that follow a key: what comes or goes meanwhile moves none of the others.

`after` is the key of the last item read. A page that starts after a key, in the order
of the keys, gives nothing twice and leaves nothing out, whatever was added or removed
before it, and whether or not the item of that key is still there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
T = TypeVar("T")
USUAL = 100


def page_of(
    request: HttpRequest,
    rows: QuerySet[M],
    key: str,
    after: str | int | None,
    limit: int,
) -> tuple[list[M], str | None]:
    """Rows after a key, and the address of the following ones."""
    if after is not None:
        rows = rows.filter(**{f"{key}__gt": after})
    found = [*rows.order_by(key)[: limit + 1]]
    return found[:limit], _next(request, found, key, limit)


def slice_of(
    request: HttpRequest, rows: Sequence[T], key: str, after: str | None, limit: int
) -> tuple[list[T], str | None]:
    """The same of rows computed together."""
    later = [one for one in rows if after is None or getattr(one, key) > after]
    found = sorted(later, key=lambda one: str(getattr(one, key)))[: limit + 1]
    return found[:limit], _next(request, found, key, limit)


def _next(
    request: HttpRequest, found: Sequence[object], key: str, limit: int
) -> str | None:
    if len(found) <= limit:
        return None
    query = request.GET.copy()
    query["after"] = str(getattr(found[limit - 1], key))
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
