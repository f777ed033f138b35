"""Going through the conditions of success: said again, never overwritten."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models, transaction
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.audit import operations as audit
from jalons.conditions.models import PROOF_LENGTH, Appraisal, Proof
from jalons.diagnosis.models import Diagnosis
from jalons.ecosystems.models import ResourceMap
from jalons.meetings.models import Meeting
from jalons.roadmaps.models import Workstream
from jalons.workshops.models import Minutes

Shown = Meeting | Minutes | Actor | Workstream | ResourceMap | Diagnosis


@transaction.atomic
def appraise_condition(
    appraisal: Appraisal, shown: Sequence[Shown], *, by: User
) -> Appraisal:
    """Keep where a condition stands, with what shows it; what was said before stays."""
    appraisal.made_by = by
    appraisal.save()
    Proof.objects.bulk_create(_proof(appraisal, one) for one in shown)
    audit.record(
        "condition.appraised",
        appraisal,
        by=by,
        space_id=appraisal.roadmap.space_id,
        details={"roadmap": appraisal.roadmap_id, "state": appraisal.state},
    )
    return appraisal


def name_of(shown: models.Model) -> str:
    """What it is called in a list of objects of several kinds."""
    match shown:
        case Minutes():
            return _("Minutes: %(title)s") % {"title": shown}
        case ResourceMap():
            return _("Resource map: %(title)s") % {"title": shown}
        case Diagnosis():
            return _("Diagnosis: %(name)s") % {"name": shown}
    return str(shown)


def _proof(appraisal: Appraisal, shown: Shown) -> Proof:
    proof = Proof(appraisal=appraisal, name=name_of(shown)[:PROOF_LENGTH])
    match shown:
        case Meeting():
            proof.meeting = shown
        case Minutes():
            proof.minutes = shown
        case Actor():
            proof.actor = shown
        case Workstream():
            proof.workstream = shown
        case ResourceMap():
            proof.resource_map = shown
        case Diagnosis():
            proof.diagnosis = shown
    return proof
