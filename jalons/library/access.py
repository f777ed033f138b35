"""Everybody reads what is published; a recognised resource centre writes."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.models import User
from jalons.library.models import Edition, Sheet
from jalons.spaces.access import Right, get_space, right_in
from jalons.spaces.models import Space


def get_sheet(user: User | AnonymousUser, code: str) -> Sheet:
    """A sheet that everybody reads, or any of one's own centre."""
    known = Sheet.objects.select_related("space", "territory", "witness")
    found: Sheet = get_object_or_404(known, code=code)
    space = found.space
    is_public = found.state == Sheet.State.PUBLISHED and (
        space is None or space.is_recognised
    )
    if not is_public and (space is None or not right_in(user, space, Right.READ)):
        raise Http404
    return found


def may_write(user: User | AnonymousUser, sheet: Sheet) -> bool:
    """Whether it is a sheet of one's own centre."""
    space = sheet.space
    if space is None or space.kind != Space.Kind.RESOURCE_CENTRE:
        return False
    return space.is_recognised and right_in(user, space, Right.EDIT)


def get_centre(user: User, pk: int, right: Right = Right.EDIT) -> Space:
    """The recognised resource centre whose sheets a member writes (404, 403)."""
    space = get_space(user, pk, right)
    if space.kind != Space.Kind.RESOURCE_CENTRE or not space.is_recognised:
        raise Http404
    return space


def get_own_sheet(space: Space, pk: int) -> Sheet:
    """A sheet of a centre already opened, never of another one."""
    found: Sheet = get_object_or_404(
        space.sheets.select_related("space", "territory"), pk=pk
    )
    return found


def get_edition(sheet: Sheet, number: int) -> Edition:
    found: Edition = get_object_or_404(sheet.editions, number=number)
    return found
