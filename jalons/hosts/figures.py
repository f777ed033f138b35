"""Who answers for this site: read once for pages, documents and mails alike.

Every page says it, so a process keeps the answer for some seconds in its own memory
rather than asking the database each time.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches

from jalons.documents.model import Logo
from jalons.hosts.models import Host, Profile

KEY = "host-identity"
SECONDS = 3


@dataclass(frozen=True, slots=True)
class Identity:
    """What the host says of itself; what it does not say, the settings do."""

    publisher: str
    publication_director: str
    hosting: str
    contact: str
    space_pk: int | None = None
    about: str = ""
    missions: tuple[str, ...] = ()
    address: str = ""
    contact_function: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_page: str = ""
    has_logo: bool = False
    logo_alt: str = ""
    is_written: bool = False

    @property
    def contact_line(self) -> str:
        """The function, and the name when there is one."""
        said = (self.contact_function, self.contact_name)
        return ", ".join(one for one in said if one) or self.contact


def identity() -> Identity:
    memory = caches["memory"]
    found: Identity | None = memory.get(KEY)
    if found is None:
        found = _read()
        memory.set(KEY, found, SECONDS)
    return found


def nobody() -> Identity:
    """What is said while no host says anything: the settings alone."""
    return _from_settings(None)


def forget() -> None:
    """What this process remembers is no longer true; the others soon forget it."""
    caches["memory"].delete(KEY)


def logo() -> bytes:
    """The picture, empty when the host gave none."""
    row = Profile.objects.read_by_all().values_list("logo", flat=True).first()
    return bytes(row or b"")


def cover_logo() -> Logo | None:
    """As a document holds it."""
    told = identity()
    if not told.has_logo:
        return None
    return Logo(b64encode(logo()).decode(), told.logo_alt)


def identity_of(profile: Profile) -> Identity:
    """What a version says, published or not, completed by the settings."""
    fallback = settings.LEGAL_IDENTITY
    return Identity(
        publisher=profile.name,
        publication_director=profile.publication_director
        or fallback["publication_director"],
        hosting=profile.hosting or fallback["hosting"],
        contact=profile.contact_email or profile.contact_page or fallback["contact"],
        space_pk=profile.space_id,
        about=profile.about,
        missions=tuple(profile.mission_lines),
        address=profile.address,
        contact_function=profile.contact_function,
        contact_name=profile.contact_name,
        contact_email=profile.contact_email,
        contact_page=profile.contact_page,
        has_logo=profile.has_logo,
        logo_alt=profile.logo_alt,
        is_written=True,
    )


def _read() -> Identity:
    profile = Profile.objects.read_by_all().first()
    if profile is not None:
        return identity_of(profile)
    recognised = Host.objects.filter(space__recognised_at__isnull=False)
    pk = recognised.values_list("space", flat=True).first()
    return _from_settings(pk)


def _from_settings(space_pk: int | None) -> Identity:
    told = settings.LEGAL_IDENTITY
    return Identity(
        publisher=told["publisher"],
        publication_director=told["publication_director"],
        hosting=told["hosting"],
        contact=told["contact"],
        space_pk=space_pk,
    )
