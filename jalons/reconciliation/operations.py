from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.surveys.forms import free_slug
from jalons.surveys.models import Campaign, Reconciliation
from jalons.surveys.operations import ANSWERS_KEPT, AlreadyClosed, create_campaign
from jalons.surveys.reconciling import Choice
from jalons.territories.models import Territory


class ValidatedByInstitution(Exception):
    """The EPCI validated its answer by its own link: only it can take it back."""


@transaction.atomic
def choose_method(
    campaign: Campaign,
    territory: Territory | None,
    choice: Choice,
    *,
    reason: str,
    by: User,
) -> Reconciliation:
    """Say how several answers become one, for a territory or for the whole survey."""
    _check_changeable(campaign, territory)
    made, _is_new = Reconciliation.objects.update_or_create(
        campaign=campaign,
        territory=territory,
        defaults={
            "method": choice.method,
            "weights": dict(choice.weights),
            "reason": reason,
            "decided_by": by,
            "decided_at": timezone.now(),
        },
    )
    details = {"territory": territory and territory.pk, **asdict(choice)}
    audit.record(
        "reconciliation.chosen", campaign, by=by, details=details | {"reason": reason}
    )
    return made


@transaction.atomic
def drop_method(campaign: Campaign, territory: Territory, *, by: User) -> None:
    """Come back, for a territory, to the choice of the whole survey."""
    _check_changeable(campaign, territory)
    Reconciliation.objects.filter(campaign=campaign, territory=territory).delete()
    details = {"territory": territory.pk}
    audit.record("reconciliation.dropped", campaign, by=by, details=details)


def _check_changeable(campaign: Campaign, territory: Territory | None) -> None:
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if locked.is_closed:
        raise AlreadyClosed(campaign)
    by_link = campaign.validations.filter(sheet__isnull=False)
    if territory and by_link.filter(territory=territory).exists():
        raise ValidatedByInstitution(territory)


class StillOpen(Exception):
    """A new wave begins once the one before is closed."""


@transaction.atomic
def open_wave(
    campaign: Campaign,
    *,
    title: str,
    opens_on: date,
    closes_on: date,
    is_prefilled: bool,
    by: User,
) -> Campaign:
    """Do a closed survey again: same version, same territories, same notice."""
    if not Campaign.objects.select_for_update().get(pk=campaign.pk).is_closed:
        raise StillOpen(campaign)
    wave = Campaign.objects.get(pk=campaign.pk)
    territories = list(campaign.territories.all())
    wave.pk, wave._state.adding = None, True
    wave.slug = free_slug(title)
    wave.title, wave.opens_on, wave.closes_on = title, opens_on, closes_on
    wave.answers_kept_until = closes_on + ANSWERS_KEPT
    wave.closed_at = wave.closed_by = None
    wave.follows, wave.is_prefilled = campaign, is_prefilled
    details = {"follows": campaign.pk, "is_prefilled": is_prefilled}
    create_campaign(wave, territories, by=by)
    audit.record("wave.opened", wave, by=by, details=details)
    return wave
