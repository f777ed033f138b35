"""The document of a roadmap written, frozen, adopted, published and withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version as code_version
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from jalons.accounts.models import User
from jalons.adoption.composition import compose_for_both, parts_of
from jalons.adoption.frozen import frozen_of
from jalons.adoption.models import Adoption, Part, Publication, Version
from jalons.audit import operations as audit
from jalons.documents.stored import to_store
from jalons.files import licences
from jalons.roadmaps.models import Revision, Roadmap
from jalons.roadmaps.revising import Fate, Written, keep, remember

SLUG_LENGTH = 60
NOTED = ("body", "adopted_on", "deliberation")
"""What is noted of an adoption, and may be mended."""


class ChangedMeanwhile(Exception):
    """Somebody else wrote in the part since it was opened."""

    def __init__(self, stored: Part) -> None:
        super().__init__(stored)
        self.stored = stored


class AlreadyAdopted(Exception):
    """The version was adopted before: its reference is corrected, not doubled."""


class StillPublic(Exception):
    """The version that all read stays adopted as long as it is public."""


class WouldClose(Exception):
    """The address is open: it never closes until a later day, nor without a reason."""


class AlreadyWithdrawn(Exception):
    """The roadmap was withdrawn before."""


@transaction.atomic
def save_part(
    roadmap: Roadmap,
    code: str,
    *,
    words: str,
    is_shown: bool,
    version: int,
    written_from: UUID,
    by: User,
) -> Part:
    """Keep what was written from this version. Raises ChangedMeanwhile.

    A page that keeps by itself sends the version it was opened with again and again:
    what it wrote last itself is no change of somebody else. The journal says once that
    it wrote.
    """
    part = next(one for one in _placed(roadmap) if one.code == code)
    is_again = part.written_from == written_from
    if part.version != version and not is_again:
        raise ChangedMeanwhile(part)
    if (part.words, part.is_shown) == (words, is_shown):
        return part
    remember(written(part, roadmap))
    part.words, part.is_shown = words, is_shown
    part.version += 1
    part.written_from = written_from
    part.save()
    keep(written(part, roadmap), Fate.CHANGED, by, written_from=written_from)
    if not is_again:
        _note("document.part_written", part, roadmap, by)
    return part


@transaction.atomic
def move_part(roadmap: Roadmap, code: str, *, up: bool, by: User) -> bool:
    """Before the one above, or after the one below; False at the end of the list."""
    rows = _placed(roadmap)
    place = next(rank for rank, one in enumerate(rows) if one.code == code)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    for rank, one in enumerate(rows):
        one.position = rank
    Part.objects.bulk_update(rows, ["position"])
    _note("document.part_placed", rows[other], roadmap, by)
    return True


@transaction.atomic
def freeze_version(roadmap: Roadmap, title: str, *, by: User) -> Version:
    """Freeze the document, and what it was composed from, under the next number."""
    Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    composed, on_page = compose_for_both(roadmap)
    last = roadmap.frozen_versions.aggregate(last=Max("number"))["last"] or 0
    made = Version.objects.create(
        roadmap=roadmap,
        number=last + 1,
        title=title,
        document=to_store(composed.document),
        drawings=to_store(on_page.figures),
        data=frozen_of(composed),
        code_version=code_version("jalons"),
        frozen_at=timezone.now(),
        frozen_by=by,
    )
    _note("document.frozen", made, roadmap, by)
    return made


@transaction.atomic
def note_adoption(adoption: Adoption, *, by: User) -> None:
    """Note that a deciding body adopted a version. Raises AlreadyAdopted."""
    roadmap = adoption.version.roadmap
    Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    if Adoption.objects.filter(version=adoption.version).exists():
        raise AlreadyAdopted(adoption.version)
    adoption.noted_by = by
    adoption.save()
    _note("document.adopted", adoption, roadmap, by)


@transaction.atomic
def correct_adoption(adoption: Adoption, *, by: User) -> None:
    """Mend what was noted of an adoption, even of the version that all read."""
    stored = Adoption.objects.select_for_update().get(pk=adoption.pk)
    before = {one: str(getattr(stored, one)) for one in NOTED}
    after = {one: str(getattr(adoption, one)) for one in NOTED}
    if before == after:
        return
    adoption.save(update_fields=NOTED)
    details = {"before": before, "after": after}
    _note("document.adoption_mended", adoption, adoption.version.roadmap, by, details)


@transaction.atomic
def take_back_adoption(adoption: Adoption, *, by: User) -> None:
    """Noted by mistake: the version stays. Raises StillPublic."""
    roadmap = adoption.version.roadmap
    Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    if adoption.publications.exists():
        raise StillPublic(adoption)
    _note("document.adoption_removed", adoption, roadmap, by)
    adoption.delete()


@transaction.atomic
def publish(
    adoption: Adoption, *, public_from: datetime, by: User, licence: str | None = None
) -> Publication:
    """Open the address of the roadmap to all, from a given moment.

    Publishing another adopted version replaces the one before at the same address, and
    ends a withdrawal; without `licence`, what was said of it stays. Raises WouldClose.
    """
    roadmap = adoption.version.roadmap
    Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    found = Publication.objects.select_for_update().filter(roadmap=roadmap).first()
    now = timezone.now()
    if found and found.is_open(now) and public_from > now:
        raise WouldClose(found)
    made = found or Publication(roadmap=roadmap, slug=_slug(roadmap))
    made.adoption, made.public_from = adoption, public_from
    made.published_at, made.published_by = now, by
    made.withdrawn_at, made.withdrawn_by, made.withdrawal_reason = None, None, ""
    made.licence = made.licence if licence is None else licence
    made.save()
    details = {"public_from": public_from.isoformat()}
    _note("document.published", adoption.version, roadmap, by, details)
    return made


@transaction.atomic
def say_licence(publication: Publication, *, licence: str, by: User) -> None:
    """Under which licence all may reuse it; empty, it is no longer said."""
    details = licences.change(publication, licence)
    version = publication.adoption.version
    _note("document.licensed", version, version.roadmap, by, details)


@transaction.atomic
def withdraw(publication: Publication, *, reason: str, by: User) -> None:
    """Close the public address, which from now on only says why."""
    stored = Publication.objects.select_for_update().get(pk=publication.pk)
    if stored.withdrawn_at:
        raise AlreadyWithdrawn(stored)
    stored.withdrawn_at, stored.withdrawn_by = timezone.now(), by
    stored.withdrawal_reason = reason
    stored.save()
    version = stored.adoption.version
    _note("document.withdrawn", version, version.roadmap, by, {"reason": reason})


def _placed(roadmap: Roadmap) -> list[Part]:
    """Every part as it is stored, held until the end; written the first time."""
    Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    rows = [one.row for one in parts_of(roadmap)]
    Part.objects.bulk_create(one for one in rows if one.pk is None)
    return [one.row for one in parts_of(roadmap)]


def written(part: Part, roadmap: Roadmap) -> Written:
    """The words of a part, as its history keeps them."""
    state = {"code": part.code, "words": part.words, "is_shown": part.is_shown}
    return Written(roadmap, Revision.Kind.PART, part.pk, part.version, state)


def _slug(roadmap: Roadmap) -> str:
    """Readable, and its own: two roadmaps may bear one name."""
    return f"{slugify(roadmap.territory_name)[:SLUG_LENGTH]}-{roadmap.pk}".lstrip("-")


def _note(
    verb: str,
    obj: Part | Version | Adoption,
    roadmap: Roadmap,
    by: User,
    details: Mapping[str, object] | None = None,
) -> None:
    audit.record(verb, obj, by=by, details=details, space_id=roadmap.space_id)
