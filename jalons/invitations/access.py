"""The only door to the lists of a team, and to what a link given by mail opens."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from jalons.accounts.access import DeadLink
from jalons.accounts.models import Link
from jalons.invitations.figures import uncertain_messages
from jalons.invitations.models import (
    Contact,
    ContactList,
    Embedding,
    Invitation,
    Letter,
    ShortAddress,
)
from jalons.invitations.secrets import read_token
from jalons.mail.models import Message
from jalons.spaces.models import Space
from jalons.surveys.access import DeletedSurvey
from jalons.surveys.models import Campaign, FormerSurvey


def get_list(space: Space, pk: int) -> ContactList:
    """A list of a space already opened, never of another one."""
    found: ContactList = get_object_or_404(
        space.contact_lists.select_related("space__territory"), pk=pk
    )
    return found


def get_contact(contact_list: ContactList, pk: int) -> Contact:
    found: Contact = get_object_or_404(
        contact_list.contacts.select_related("contact_list__space", "territory"), pk=pk
    )
    return found


def get_kind(kind: str) -> Letter.Kind:
    """One of the mails of a survey, by the word of its address."""
    if kind not in Letter.Kind.values:
        raise Http404
    return Letter.Kind(kind)


def get_uncertain(campaign: Campaign, pk: int) -> Message:
    """A mail of this survey that arrived or not, nobody knows."""
    waiting = uncertain_messages(campaign, at=timezone.now())
    found: Message = get_object_or_404(waiting, pk=pk)
    return found


def find_invitation(secret: str) -> Invitation:
    """The invitation that a personal link opens, whether the survey is open or not.

    The link outlives a survey that is deleted: it then says so.
    """
    links = Link.objects.for_secret(secret, Link.Purpose.RESPONDENT)
    known = Invitation.objects.select_related(
        "campaign__space", "campaign__version__questionnaire", "link", "territory"
    )
    found: Invitation | None = known.filter(
        link__in=links, link__revoked_at=None
    ).first()
    if found is None:
        orphan = links.filter(revoked_at=None, response=None).first()
        if orphan:
            raise DeadLink(orphan, is_orphan=True)
        raise Http404
    return found


def find_stop(token: str) -> tuple[Space, str]:
    """The space that a person asks to write no more, and the print of their address."""
    read = read_token(token)
    if read is None:
        raise Http404
    space_id, digest = read
    return get_object_or_404(Space, pk=space_id), digest


def find_short_address(letters: str) -> Campaign:
    """The survey that six letters lead to, typed in any case."""
    found: ShortAddress = get_object_or_404(
        ShortAddress.objects.select_related("campaign"), letters=letters.upper()
    )
    if found.campaign is None:
        raise DeletedSurvey
    return found.campaign


def origins_of(slug: str) -> list[str]:
    """The sites allowed to show the form of a survey inside their pages.

    Any of them when it is deleted: there are only words left to show.
    """
    if embedding := Embedding.objects.filter(campaign__slug=slug).first():
        return embedding.origin_list
    return ["*"] if FormerSurvey.objects.filter(slug=slug).exists() else []
