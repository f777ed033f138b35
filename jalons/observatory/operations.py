from __future__ import annotations

from datetime import datetime
from importlib.metadata import version as code_version

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.files import licences
from jalons.observatory.figures import public_figures, to_store
from jalons.observatory.models import IncomeLimits, Publication
from jalons.surveys.frozen import settle_scores
from jalons.surveys.models import Campaign


class NotClosed(Exception):
    """Answers still arrive: what would be published could change tomorrow."""


class OfInhabitants(PermissionDenied):
    """Answers of inhabitants keep a stricter secrecy: they are not published here."""


class TooFew(Exception):
    """Too few people answered for any figure about them to leave the team."""


class Exposed(Exception):
    """A reader of all the tables could find a small count: nothing is published."""


class AlreadyWithdrawn(Exception):
    """The publication was withdrawn before."""


@transaction.atomic
def publish(
    campaign: Campaign, *, public_from: datetime, by: User, licence: str | None = None
) -> Publication:
    """Freeze what the public will read, and open its address from a given moment.

    Under five answers their number itself is secret: nothing is published.
    Publishing again replaces what was published, and ends a withdrawal; without
    `licence`, what was said of it stays.
    """
    campaign = _locked(campaign)
    if campaign.is_of_inhabitants:
        raise OfInhabitants
    if not campaign.is_closed:
        raise NotClosed(campaign)
    found = public_figures(campaign)
    if found.is_too_few:
        raise TooFew(campaign)
    if found.exposed_cells:
        raise Exposed(campaign)
    publication, _is_new = Publication.objects.update_or_create(
        campaign=campaign,
        defaults={
            "public_from": public_from,
            "figures": to_store(found.figures),
            "code_version": code_version("jalons"),
            "published_at": timezone.now(),
            "published_by": by,
            "withdrawn_at": None,
            "withdrawn_by": None,
            "withdrawal_reason": "",
            **({} if licence is None else {"licence": licence}),
        },
    )
    settle_scores(campaign, by=by)
    details = {"public_from": public_from.isoformat()}
    audit.record("results.published", campaign, by=by, details=details)
    return publication


@transaction.atomic
def say_licence(publication: Publication, *, licence: str, by: User) -> None:
    """Under which licence all may reuse it; empty, it is no longer said."""
    details = licences.change(publication, licence)
    audit.record("results.licensed", publication.campaign, by=by, details=details)


@transaction.atomic
def withdraw(publication: Publication, *, reason: str, by: User) -> None:
    """Close the public address, which from now on only says why."""
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    if publication.withdrawn_at:
        raise AlreadyWithdrawn(publication)
    publication.withdrawn_at, publication.withdrawn_by = timezone.now(), by
    publication.withdrawal_reason = reason
    publication.save(
        update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"]
    )
    audit.record(
        "results.withdrawn", publication.campaign, by=by, details={"reason": reason}
    )


@transaction.atomic
def choose_income_limits(limits: IncomeLimits, *, by: User) -> None:
    """Cut vulnerability at the incomes chosen by the team, whose source is stated."""
    chosen = {"low": limits.low, "high": limits.high, "reason": limits.reason}
    IncomeLimits.objects.update_or_create(
        campaign=limits.campaign,
        defaults={**chosen, "chosen_at": timezone.now(), "chosen_by": by},
    )
    audit.record("income_limits.chosen", limits.campaign, by=by, details=chosen)


@transaction.atomic
def restore_thirds(campaign: Campaign, *, by: User) -> None:
    """Cut vulnerability in thirds again; without chosen limits, nothing changes."""
    deleted, _by_model = IncomeLimits.objects.filter(campaign=campaign).delete()
    if deleted:
        audit.record("income_limits.removed", campaign, by=by)


def _locked(campaign: Campaign) -> Campaign:
    locked: Campaign = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("version", "space__territory")
        .get(pk=campaign.pk)
    )
    return locked
