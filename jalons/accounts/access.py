from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from jalons.accounts.models import Link, User


class SignedInRequest(HttpRequest):
    """A request that the sign-in middleware let through: somebody is there."""

    user: User


class Gone(Exception):
    """An address that was true once and no longer leads anywhere.

    Answered with a page in plain words and the status 410 (accounts.middleware).
    """

    template: ClassVar[str]

    @property
    def context(self) -> dict[str, object]:
        """What the page says."""
        return {}


class DeadLink(Gone):
    """A link that has expired or been withdrawn.

    What it opened may also have been deleted, with the survey for instance.
    """

    template = "account/dead_link.html"

    def __init__(self, link: Link, *, is_orphan: bool = False) -> None:
        super().__init__(link.purpose)
        self.link, self.is_orphan = link, is_orphan

    @property
    def context(self) -> dict[str, object]:
        is_expired = not self.link.is_alive(at=timezone.now())
        return {
            "link": self.link,
            "is_expired": is_expired,
            "is_orphan": self.is_orphan,
        }


def find_link(secret: str, purpose: str, at: datetime) -> Link:
    """The link that this secret opens, for this purpose and at this instant.

    The search is by SHA-256 digest, so its duration says nothing of the secrets kept.
    An unknown secret is a 404; one that no longer works raises `DeadLink`.
    """
    link: Link | None = Link.objects.for_secret(secret, purpose).first()
    if link is None:
        raise Http404
    if not link.is_alive(at=at):
        raise DeadLink(link)
    return link


def safe_next(request: HttpRequest, *, otherwise: str = "") -> str:
    """The page of this site that was wanted, else that one, else the spaces."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else otherwise or reverse("spaces:list")
