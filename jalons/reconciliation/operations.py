from __future__ import annotations

from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.questionnaires.answers import Answers
from jalons.reconciliation.sheets import sheets_to_validate
from jalons.surveys.forms import free_slug
from jalons.surveys.models import Campaign, Reconciliation, Validation
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
    by_link = campaign.validations.filter(recorded_by=None)
    if territory and by_link.filter(territory=territory).exists():
        raise ValidatedByInstitution(territory)


def keep_sheets(campaign: Campaign) -> None:
    """Keep the sheets agreed to, while the answers they are made of are there."""
    sheets = sheets_to_keep(campaign)
    without = list(campaign.validations.filter(territory__in=sheets))
    for validation in without:
        validation.sheet = sheets[validation.territory_id]
    Validation.objects.bulk_update(without, ["sheet"])


def count_sheets(campaign: Campaign) -> int:
    """The sheets that the next wave may begin with."""
    known = campaign.validations.filter(sheet__isnull=False).count()
    return known + len(sheets_to_keep(campaign))


def sheets_to_keep(campaign: Campaign) -> dict[str, Answers]:
    """Those of agreements that bear none, as their answers make them today."""
    without = campaign.validations.filter(sheet__isnull=True)
    codes = list(without.values_list("territory", flat=True))
    made = sheets_to_validate(campaign, codes) if codes else {}
    return {code: sheet for code, sheet in made.items() if sheet}


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
    key: UUID | None = None,
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
    wave.closed_at = wave.closed_by = wave.settled_at = None
    wave.key = key
    wave.follows, wave.is_prefilled = campaign, is_prefilled
    if is_prefilled:
        keep_sheets(campaign)
    details = {"follows": campaign.pk, "is_prefilled": is_prefilled}
    create_campaign(wave, territories, by=by)
    audit.record("wave.opened", wave, by=by, details=details)
    return wave
