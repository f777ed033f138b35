"""The only door to the synthesis of a région: the centre's space, or its address."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.access import Gone
from jalons.accounts.models import User
from jalons.network.access import get_centre
from jalons.publications.models import Issue, Report
from jalons.publications.operations import new_report
from jalons.spaces.access import Right


class Withdrawn(Gone):
    """The version was public and no longer is; its address says why."""

    template = "publications/withdrawn.html"

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.withdrawal_reason)
        self.issue = issue

    @property
    def context(self) -> dict[str, object]:
        return {"issue": self.issue}


def get_draft(user: User, space_pk: int) -> Report:
    """The draft of a centre; a new one, not kept, when nobody wrote it yet."""
    space = get_centre(user, space_pk, Right.EDIT)
    found = Report.objects.filter(space=space).select_related("space__territory")
    return found.first() or new_report(space)


def get_report(user: User, space_pk: int) -> Report:
    """The draft that was kept; 404 before."""
    report = get_draft(user, space_pk)
    if report.pk is None:
        raise Http404
    return report


def get_issue(report: Report, number: int) -> Issue:
    found: Issue = get_object_or_404(report.issues, number=number)
    return found


def get_public(slug: str, number: int, at: datetime) -> Issue:
    """A version open to all; 404 before its hour, `Withdrawn` afterwards."""
    found: Issue = get_object_or_404(
        Issue.objects.select_related("report__space__territory"),
        report__slug=slug,
        number=number,
        report__space__recognised_at__isnull=False,
    )
    if found.public_from > at:
        raise Http404
    if found.withdrawn_at:
        raise Withdrawn(found)
    return found


def get_latest(slug: str, at: datetime) -> Issue:
    """The last version open to all; 404 without one."""
    found = Issue.objects.public(at=at).filter(report__slug=slug)
    latest: Issue | None = found.order_by("-number").first()
    if latest is None:
        raise Http404
    return latest
