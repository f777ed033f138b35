from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.diagnosis.evidence import Evidence, evidence_of, from_store, to_store
from jalons.diagnosis.figures import portrait_of
from jalons.diagnosis.models import (
    Communication,
    Diagnosis,
    Finding,
    Note,
    Review,
    SkippedStep,
    Visit,
)
from jalons.diagnosis.questions import asked_at
from jalons.spaces.models import Space
from jalons.territories.models import Territory


class NotInTerritory(Exception):
    """The commune visited lies outside the territory of the diagnosis."""


class NotAsked(Exception):
    """The step does not ask this question."""


class NoReason(Exception):
    """A step is not passed over without saying why."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted for one question; `about` is what was chosen, as it was read.

    `otherwise` says the same in the other languages of the site.
    """

    question: str
    choice: str = ""
    about: str = ""
    text: str = ""
    otherwise: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many findings the figures added, changed, or no longer support."""

    added: int
    changed: int
    ended: int


@transaction.atomic
def start_diagnosis(
    space: Space, territory: Territory, *, by: User, is_simulated: bool = False
) -> Diagnosis:
    """Open the diagnosis of a territory with what its figures suggest.

    A team has one diagnosis a territory: asked again, it is given as it is.
    """
    diagnosis, is_new = Diagnosis.objects.get_or_create(
        space=space,
        territory=territory,
        defaults={
            "started_by": by,
            "refreshed_at": timezone.now(),
            "is_simulated": is_simulated,
        },
    )
    if is_new:
        _bring_up_to_date(diagnosis)
        audit.record("diagnosis.started", diagnosis, by=by)
    return diagnosis


@transaction.atomic
def refresh_findings(diagnosis: Diagnosis, *, by: User) -> Refreshed:
    """Read the figures again; nothing that people wrote is touched."""
    diagnosis = Diagnosis.objects.select_for_update().get(pk=diagnosis.pk)
    done = _bring_up_to_date(diagnosis)
    diagnosis.refreshed_at = timezone.now()
    diagnosis.save(update_fields=["refreshed_at"])
    details = {"added": done.added, "changed": done.changed, "ended": done.ended}
    audit.record("findings.refreshed", diagnosis, by=by, details=details)
    return done


@transaction.atomic
def add_finding(
    diagnosis: Diagnosis, *, kind: str, wording: str, comment: str = "", by: User
) -> Finding:
    """A finding that comes from the team, not from a figure."""
    finding = Finding.objects.create(diagnosis=diagnosis, kind=kind)
    Review.objects.create(
        finding=finding,
        state=Review.State.DISCUSSED,
        wording=wording,
        comment=comment,
        reviewed_by=by,
    )
    audit.record("finding.added", finding, by=by, space_id=diagnosis.space_id)
    return finding


@transaction.atomic
def review_finding(
    finding: Finding, *, state: str, wording: str = "", comment: str = "", by: User
) -> Review:
    """Say what the field makes of a finding, beside what was said before."""
    review: Review = Review.objects.create(
        finding=finding,
        state=state,
        wording=wording,
        comment=comment,
        evidence=finding.evidence,
        reviewed_by=by,
    )
    audit.record(
        "finding.reviewed",
        finding,
        by=by,
        details={"state": state},
        space_id=finding.diagnosis.space_id,
    )
    return review


@transaction.atomic
def log_visit(visit: Visit, findings: Iterable[Finding], *, by: User) -> Visit:
    """Keep what was learnt in a commune, beside the findings it sheds light on."""
    _check_place(visit)
    visit.logged_by = by
    visit.save()
    visit.findings.set([one for one in findings if _is_of(one, visit.diagnosis)])
    audit.record("visit.logged", visit, by=by, space_id=visit.diagnosis.space_id)
    return visit


@transaction.atomic
def log_communication(communication: Communication, *, by: User) -> Communication:
    """Keep what was made known, where and when."""
    communication.logged_by = by
    communication.save()
    space_id = communication.diagnosis.space_id
    audit.record("communication.logged", communication, by=by, space_id=space_id)
    return communication


@transaction.atomic
def change_visit(visit: Visit, findings: Iterable[Finding], *, by: User) -> Visit:
    """Mend what was written of a visit, or link it with a finding made since."""
    _check_place(visit)
    visit.save()
    visit.findings.set([one for one in findings if _is_of(one, visit.diagnosis)])
    audit.record("visit.changed", visit, by=by, space_id=visit.diagnosis.space_id)
    return visit


@transaction.atomic
def write_notes(
    diagnosis: Diagnosis, step: str, notes: Iterable[Noted], *, by: User
) -> None:
    """Keep what the team noted at a step; what is emptied is removed.

    A step passed over is resumed as soon as something is noted.
    """
    questions, kept, removed = {one.code for one in asked_at(step)}, 0, 0
    for one in notes:
        if one.question not in questions:
            raise NotAsked(one.question)
        if not one.choice and not one.text:
            removed += diagnosis.notes.filter(question=one.question).delete()[0]
            continue
        kept += 1
        Note.objects.update_or_create(
            diagnosis=diagnosis,
            question=one.question,
            defaults={
                "choice": one.choice,
                "about": one.about,
                "otherwise": dict(one.otherwise),
                "text": one.text,
                "written_by": by,
            },
        )
    if kept:
        diagnosis.skipped_steps.filter(step=step).delete()
    if kept or removed:
        details = {"step": step, "n": kept}
        audit.record("notes.written", diagnosis, by=by, details=details)


@transaction.atomic
def skip_step(diagnosis: Diagnosis, step: str, reason: str, *, by: User) -> SkippedStep:
    """Pass over a step of the hour, for a reason that the document will give."""
    if not reason.strip():
        raise NoReason(step)
    skipped: SkippedStep = SkippedStep.objects.update_or_create(
        diagnosis=diagnosis,
        step=step,
        defaults={"reason": reason.strip(), "skipped_by": by},
    )[0]
    audit.record("step.skipped", diagnosis, by=by, details={"step": step})
    return skipped


@transaction.atomic
def resume_step(diagnosis: Diagnosis, step: str, *, by: User) -> None:
    """Take back a step passed over; on another one, nothing changes."""
    deleted, _by_model = diagnosis.skipped_steps.filter(step=step).delete()
    if deleted:
        audit.record("step.resumed", diagnosis, by=by, details={"step": step})


def _check_place(visit: Visit) -> None:
    territory = visit.diagnosis.territory
    inside = Territory.objects.within(territory).filter(pk=visit.commune_id)
    if visit.commune_id != territory.pk and not inside.exists():
        raise NotInTerritory(visit.commune)


def _is_of(finding: Finding, diagnosis: Diagnosis) -> bool:
    return bool(finding.diagnosis_id == diagnosis.pk)


def _bring_up_to_date(diagnosis: Diagnosis) -> Refreshed:
    """Findings of the figures of today; a finding that ended is kept, marked."""
    found = {
        one.indicator: one for one in evidence_of(portrait_of(diagnosis.territory))
    }
    stored = {
        one.indicator: one
        for one in diagnosis.findings.exclude(indicator="").select_for_update()
    }
    now = timezone.now()
    new = [
        Finding(
            diagnosis=diagnosis,
            kind=one.kind,
            indicator=code,
            evidence=to_store(one),
            figure_changed_at=now,
        )
        for code, one in found.items()
        if code not in stored
    ]
    Finding.objects.bulk_create(new)
    changed = sum(
        _update(stored[code], found[code]) for code in found if code in stored
    )
    ended = [
        one for code, one in stored.items() if code not in found and one.is_current
    ]
    for one in ended:
        one.is_current, one.figure_changed_at = False, now
        one.save(update_fields=["is_current", "figure_changed_at"])
    return Refreshed(len(new), changed, len(ended))


def _update(finding: Finding, evidence: Evidence) -> bool:
    """Give a finding the figure of today; whether anything changed."""
    before = from_store(finding.evidence) if finding.evidence else None
    if before == evidence and finding.is_current:
        return False
    finding.evidence, finding.kind = to_store(evidence), evidence.kind
    finding.is_current = True
    finding.figure_changed_at = timezone.now()
    finding.save(update_fields=["evidence", "kind", "is_current", "figure_changed_at"])
    return True
