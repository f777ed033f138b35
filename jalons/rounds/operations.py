from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from jalons.accounts.models import User
from jalons.analysis.apportionment import share_out
from jalons.audit import operations as audit
from jalons.rounds.models import Inhabitants, Quota, Round
from jalons.rounds.population import AGES, SEXES
from jalons.rounds.progress import Cell
from jalons.rounds.quotas import inhabitants_of, targets_of
from jalons.rounds.sealing import new_pair
from jalons.surveys import operations as surveys
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory

COMMUNES_AT_ONCE = 500
"""Some seven thousand lines: a second of writing."""


@transaction.atomic
def create_round(
    campaign: Campaign, communes: Iterable[Territory], *, by: User
) -> Round:
    """Prepare a field survey: its survey, its communes, and the key that seals it."""
    campaign.is_of_inhabitants = True
    campaign.unit = Territory.Kind.COMMUNE
    surveys.create_campaign(campaign, communes, by=by)
    public, private = new_pair()
    round = Round.objects.create(
        campaign=campaign, public_key=public, private_key=private
    )
    audit.record("round.created", campaign, by=by)
    return round


@transaction.atomic
def revoke_round(round: Round, *, by: User, at: datetime) -> None:
    """Stop every phone of a round at once, for good; what was received stays."""
    if round.revoked_at:
        return
    round.revoked_at = at
    round.save(update_fields=["revoked_at"])
    audit.record("round.revoked", round.campaign, by=by)


@transaction.atomic
def set_quotas(round: Round, targets: Mapping[Cell, int], *, by: User) -> None:
    """Say how many people of each cell the round would like to meet."""
    round.quotas.all().delete()
    Quota.objects.bulk_create(
        Quota(round=round, commune_id=commune, sex=sex, age=age, target=target)
        for (commune, sex, age), target in targets.items()
        if target > 0
    )
    audit.record("round.quotas", round.campaign, by=by)


@transaction.atomic
def share_quotas(round: Round, total: int, *, by: User) -> None:
    """Hope for so many people in all, shared out as the inhabitants are."""
    set_quotas(round, share_out(total, inhabitants_of(round)), by=by)


@transaction.atomic
def set_commune_quotas(
    round: Round, commune: Territory, targets: Mapping[Cell, int], *, by: User
) -> None:
    """Say whom the round would like to meet in one commune; the others stay."""
    others = {c: n for c, n in targets_of(round).items() if c[0] != commune.pk}
    set_quotas(round, others | {**targets}, by=by)


def load_inhabitants(
    counts: Mapping[Cell, float], *, vintage: str, by: User | None
) -> None:
    """Replace the inhabitants of the communes of a file; the others stay.

    Block by block, each whole with its audit line: interviews that arrive meanwhile
    find no closed door for the minute that France takes. A load that was cut leaves
    the blocks that it wrote, beside the inhabitants of before; the same file given
    again puts that right.
    """
    communes = sorted({commune for commune, _sex, _age in counts})
    for start in range(0, len(communes), COMMUNES_AT_ONCE):
        block = communes[start : start + COMMUNES_AT_ONCE]
        _replace_inhabitants(block, counts, vintage, by=by)


@transaction.atomic
def _replace_inhabitants(
    communes: Sequence[str],
    counts: Mapping[Cell, float],
    vintage: str,
    *,
    by: User | None,
) -> None:
    Inhabitants.objects.filter(commune__in=communes).delete()
    Inhabitants.objects.bulk_create(
        Inhabitants(commune_id=commune, sex=sex, age=age, count=count, vintage=vintage)
        for commune in communes
        for sex in SEXES
        for age in AGES
        if (count := counts.get((commune, sex, age))) is not None
    )
    first = Inhabitants.objects.filter(commune=communes[0]).earliest("pk")
    details = {"communes": len(communes), "vintage": vintage}
    audit.record("population.loaded", first, by=by, details=details)
