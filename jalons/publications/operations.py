from __future__ import annotations

from datetime import datetime
from importlib.metadata import version as code_version

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.hosts.figures import identity
from jalons.publications.composition import (
    PARTS,
    SURVEY,
    compose,
    editions_of,
    to_origins,
)
from jalons.publications.models import Issue, Report
from jalons.spaces.models import Space
from jalons.synthesis.content import to_store

SLUG_LENGTH = 60


class Stale(Exception):
    """Somebody wrote it meanwhile: `theirs` is what stands now."""

    def __init__(self, theirs: Report) -> None:
        super().__init__(str(theirs))
        self.theirs = theirs


class Empty(Exception):
    """Nothing would be in it."""


class NotRecognised(Exception):
    """The centre is not recognised: it publishes nothing in the name of a région."""


class AlreadyWithdrawn(Exception):
    """The version was withdrawn before."""


def new_report(space: Space) -> Report:
    """A draft not kept yet, prefilled with what the host says of itself."""
    report = Report(space=space, version=0)
    report.title = _("Digital inclusion in %(name)s") % {"name": space.territory.name}
    told = identity()
    if told.is_written and told.space_pk == space.pk:
        report.director = told.publication_director
        report.contact = ", ".join(filter(None, (told.contact_line, told.contact)))
        report.coordination = told.publisher
    report.parts = [f"{SURVEY}{one.pk}" for one in editions_of(space)[:1]]
    report.parts += list(PARTS)
    return report


@transaction.atomic
def write_report(report: Report, *, version: int, by: User) -> None:
    """Keep what was typed from `version`. Raises Stale when it is no longer that."""
    kept = Report.objects.select_for_update().filter(space=report.space_id).first()
    if (kept.version if kept else 0) != version:
        assert kept is not None
        raise Stale(kept)
    report.pk = kept.pk if kept else None
    report.slug = kept.slug if kept else _slug(report.space)
    report.version, report.written_by = version + 1, by
    report.save()
    audit.record("report.written", report.space, by=by)


@transaction.atomic
def publish_report(report: Report, *, public_from: datetime, by: User) -> Issue:
    """Freeze the draft as a new version, read by all from a given moment.

    Raises NotRecognised, Empty.
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not report.space.is_recognised:
        raise NotRecognised(report)
    composed = compose(report)
    if not composed.content.chapters:
        raise Empty(report)
    last = report.issues.aggregate(last=Max("number"))["last"] or 0
    issue: Issue = report.issues.create(
        number=last + 1,
        content=to_store(composed.content),
        origins=to_origins(composed),
        public_from=public_from,
        code_version=code_version("jalons"),
        published_at=timezone.now(),
        published_by=by,
    )
    details = {"number": issue.number, "public_from": public_from.isoformat()}
    audit.record("report.published", report.space, by=by, details=details)
    return issue


@transaction.atomic
def withdraw_issue(issue: Issue, *, reason: str, by: User) -> None:
    """Close its address, which from now on only says why. Raises AlreadyWithdrawn."""
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if issue.withdrawn_at:
        raise AlreadyWithdrawn(issue)
    issue.withdrawn_at, issue.withdrawal_reason = timezone.now(), reason
    issue.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    details = {"number": issue.number, "reason": reason}
    audit.record("report.withdrawn", issue.report.space, by=by, details=details)


def _slug(space: Space) -> str:
    name = slugify(space.territory.name)[:SLUG_LENGTH]
    return f"{name}-{space.pk}".lstrip("-")
