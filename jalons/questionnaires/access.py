"""The only door to the drafts of a resource centre.

Published versions are open to all. Writing belongs to the editors of a resource
centre, publishing to its owners.
"""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.models import User
from jalons.questionnaires.models import Draft, Questionnaire, Version
from jalons.spaces.access import Right, get_space
from jalons.spaces.models import Space


def get_centre(user: User, pk: int, right: Right) -> Space:
    """A resource centre where this person holds the right; 404 for other spaces."""
    space = get_space(user, pk, right)
    if space.kind != Space.Kind.RESOURCE_CENTRE:
        raise Http404
    return space


def get_draft(user: User, pk: int, right: Right) -> Draft:
    """A draft of a centre where this person holds the right; 404 to strangers."""
    draft: Draft = get_object_or_404(
        Draft.objects.select_related(
            "space", "questionnaire", "based_on__questionnaire", "updated_by"
        ),
        pk=pk,
    )
    get_centre(user, draft.space_id, right)
    return draft


def version_written_as(user: User, pk: int) -> Version | None:
    """The version that a draft became, for those who could read the draft."""
    found = Version.objects.filter(drafted_as=pk).select_related("questionnaire")
    version = found.first()
    if version is not None and version.questionnaire.space_id:
        get_centre(user, version.questionnaire.space_id, Right.EDIT)
    return version


def get_version_to_copy(space: Space, pk: int) -> Version:
    """A version that this centre may start from: shipped, or its own."""
    version: Version = get_object_or_404(
        Version.objects.offered_to(space).select_related("questionnaire"), pk=pk
    )
    return version


def get_own_questionnaire(space: Space, pk: int) -> Questionnaire:
    """A questionnaire of a centre already opened, never of another one."""
    found: Questionnaire = get_object_or_404(space.questionnaires, pk=pk)
    return found
