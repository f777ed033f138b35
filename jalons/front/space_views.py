from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.audit.models import Entry
from jalons.front.coordinating import functions_of
from jalons.front.workbench import tasks_of
from jalons.spaces import figures
from jalons.spaces.access import Right, get_membership, get_space

LINES = 5


@require_safe
@never_cache
def space(request: SignedInRequest, pk: int) -> HttpResponse:
    """A team's space opens on what to do next."""
    membership = get_membership(request.user, pk, Right.READ)
    role, found = membership.get_role(), membership.space
    tasks = tasks_of(found, can_edit=role.includes(Right.EDIT.value))
    context = {
        "space": found,
        "my_role": role,
        "first": tasks[0] if tasks else None,
        "others": tasks[1:],
        "lines": figures.lines(Entry.objects.within(found)[:LINES]),
        "members": found.memberships.count(),
    }
    return render(request, "front/space.html", context)


@require_safe
@never_cache
def functions(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """What the coordination of a team does, function by function."""
    space = get_space(request.user, space_pk, Right.READ)
    found = functions_of(space)
    context = {
        "space": space,
        "functions": found,
        "traced": sum(bool(one.done) for one in found),
    }
    return render(request, "front/functions.html", context)
