"""The only door to the document of a roadmap: its space, or the public address."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.access import Gone
from jalons.adoption.composition import Placed, parts_of
from jalons.adoption.models import Adoption, Logo, Publication, Version
from jalons.roadmaps.models import Roadmap


class Withdrawn(Gone):
    """The roadmap was public and no longer is; the address says why."""

    template = "adoption/withdrawn.html"

    def __init__(self, publication: Publication) -> None:
        super().__init__(publication.withdrawal_reason)
        self.publication = publication

    @property
    def context(self) -> dict[str, object]:
        return {"publication": self.publication}


def get_part(roadmap: Roadmap, code: str) -> Placed:
    """A part of the document of a roadmap already opened."""
    found = next((one for one in parts_of(roadmap) if one.kind.code == code), None)
    if found is None:
        raise Http404
    return found


def get_logo(roadmap: Roadmap, pk: int) -> Logo:
    """A logo of a roadmap already opened."""
    found: Logo = get_object_or_404(roadmap.logos.select_related("file"), pk=pk)
    return found


def get_version(roadmap: Roadmap, number: int) -> Version:
    """A frozen version of a roadmap already opened, never of another one."""
    found: Version = get_object_or_404(
        roadmap.frozen_versions.select_related("adoption", "roadmap__space"),
        number=number,
    )
    return found


def get_adoption(roadmap: Roadmap, number: int) -> Adoption:
    found: Adoption = get_object_or_404(
        Adoption.objects.select_related("version__roadmap"),
        version__roadmap=roadmap,
        version__number=number,
    )
    return found


def find_publication(roadmap: Roadmap) -> Publication | None:
    every = Publication.objects.select_related("adoption__version")
    found: Publication | None = (
        every.defer(
            "adoption__version__document",
            "adoption__version__drawings",
            "adoption__version__data",
        )
        .filter(roadmap=roadmap)
        .first()
    )
    return found


def get_publication(roadmap: Roadmap) -> Publication:
    found = find_publication(roadmap)
    if found is None:
        raise Http404
    return found


def get_public(slug: str, at: datetime) -> Publication:
    """A roadmap open to all; 404 before its hour, `Withdrawn` afterwards."""
    found: Publication = get_object_or_404(
        Publication.objects.select_related("adoption__version__roadmap__space"),
        slug=slug,
    )
    if found.public_from > at:
        raise Http404
    if found.withdrawn_at:
        raise Withdrawn(found)
    return found
