"""What telephones send is kept once, whatever the order and the repetitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from jalons.questionnaires import answers as rules
from jalons.questionnaires.answers import Answers
from jalons.questionnaires.comparison import compare
from jalons.questionnaires.models import Version
from jalons.rounds.models import Device, Interview, Refusal, Round
from jalons.rounds.payloads import InterviewSent, RefusalSent, Sent, digest_of, read
from jalons.rounds.refused import Refused
from jalons.surveys import operations as surveys
from jalons.surveys.models import Campaign, Response

CLOCK = timedelta(days=1)
"""A phone may be a day ahead, at the other end of the world; more is a wrong clock."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """`stored` now, or already `known` with the same content: either way it is kept."""

    key: UUID
    status: Literal["stored", "known"]


@transaction.atomic
def receive_interview(
    round: Round,
    device: Device | None,
    payload: Mapping[str, object],
    *,
    key: UUID,
    in_part: bool = False,
) -> Receipt:
    """Keep one interview: its answers in the survey, how it was collected beside.

    The first content received under a key holds for ever. Interviews made in time are
    taken after the last day, until the team closes the survey. `in_part`: the person
    in charge decided to keep the answers that go with the questions, without the rest.
    """
    sent = read(InterviewSent, payload)
    campaign = admitted(round, device, sent, key=key)
    digest = digest_of(payload)
    known = Interview.objects.filter(key=key).first()
    if known is not None:
        if known.digest != digest:
            raise Refused("conflict")
        return Receipt(key, "known")
    entry, is_clock_wrong = _entry(campaign, sent, in_part)
    channel = Response.Channel(sent.channel)
    try:
        surveys.record_block(campaign, [entry], channel=channel)
    except surveys.OutsidePerimeter as error:
        raise Refused("outside") from error
    Interview.objects.create(
        round=round,
        response=campaign.responses.get(key=key),
        key=key,
        surveyor=device.surveyor if device else None,
        device=device,
        seconds=sent.seconds_spent,
        is_clock_wrong=is_clock_wrong,
        digest=digest,
        token_digest=sent.token_digest,
        received_at=timezone.now(),
    )
    return Receipt(key, "stored")


@transaction.atomic
def receive_refusal(
    round: Round, device: Device | None, payload: Mapping[str, object], *, key: UUID
) -> Receipt:
    """Count somebody who would not answer."""
    sent = read(RefusalSent, payload)
    campaign = admitted(round, device, sent, key=key)
    commune = campaign.territories.filter(pk=sent.commune).first()
    if commune is None:
        raise Refused("outside")
    _refusal, is_new = Refusal.objects.get_or_create(
        key=key,
        defaults={
            "round": round,
            "surveyor": device.surveyor if device else None,
            "commune": commune,
            "refused_on": likely(sent.refused_on, campaign),
            "reason": sent.reason,
        },
    )
    return Receipt(key, "stored" if is_new else "known")


def admitted(round: Round, device: Device | None, sent: Sent, *, key: UUID) -> Campaign:
    """The survey of the round, held until the end; or why this sending has no place.

    Without a device, the team brings what a phone exported to a file: a phone stopped
    since is no reason to lose it.
    """
    if sent.key != key:
        raise Refused("malformed")
    is_ours = device is None or device.surveyor.round_id == round.pk
    if sent.round != round.key or not is_ours:
        raise Refused("foreign_round")
    if device and (round.revoked_at or device.is_revoked(at=timezone.now())):
        raise Refused("revoked")
    campaign: Campaign = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("version", "space")
        .get(pk=round.campaign_id)
    )
    if campaign.is_closed:
        raise Refused("closed")
    return campaign


def likely(day: date, campaign: Campaign) -> date | None:
    """The day said by a phone, when the survey had begun and it is not to come."""
    is_likely = campaign.opens_on <= day <= campaign.today() + CLOCK
    return day if is_likely else None


def _entry(
    campaign: Campaign, sent: InterviewSent, in_part: bool
) -> tuple[surveys.Entry, bool]:
    day, now = likely(sent.collected_on, campaign), timezone.now()
    ended_at = _moment(sent.ended_at, day, now)
    entry = surveys.Entry(
        key=sent.key,
        answers=_answers(campaign, sent, in_part),
        submitted_at=ended_at,
        started_at=ended_at - timedelta(seconds=sent.seconds_spent or 0),
        collected_on=day,
        is_easy=sent.is_easy,
    )
    return entry, day is None


def _alike(current: Version, sent: InterviewSent) -> frozenset[str] | None:
    """Codes asked as in the survey now; None when its questions are not known.

    A phone without network goes on with the version it has: what it asked in the same
    words, with the same choices, was asked in this version too.
    """
    if sent.version == current.checksum:
        return frozenset(sent.answers)
    versions = Version.objects.filter(questionnaire=current.questionnaire_id)
    before = versions.filter(checksum=sent.version).first()
    if before is None:
        return None
    pairs = compare(before.read(), current.read()).pairs
    return frozenset(
        pair.after.code
        for pair in pairs
        if pair.comparable == "same" and pair.before.code == pair.after.code
    )


def _moment(said: datetime, day: date | None, now: datetime) -> datetime:
    """When it ended by the phone, or now when its clock cannot be believed."""
    is_near = day is not None and abs(said.date() - day) <= CLOCK
    return min(said, now) if is_near and said.tzinfo is not None else now


def _answers(campaign: Campaign, sent: InterviewSent, in_part: bool) -> Answers:
    """The answers, if all go with the questions, or those that do; else `Refused`.

    A commune of the survey is the same one however it was asked for.
    """
    alike = _alike(campaign.version, sent)
    if alike is None:
        raise Refused("wrong_version")
    definition = campaign.version.read()
    perimeter = frozenset(campaign.territories.values_list("pk", flat=True))
    place = definition.with_role("territory")
    said = sent.answers.get(place.code) if place else None
    if place is not None and not (isinstance(said, str) and said in perimeter):
        raise Refused("outside")
    kept = alike | {place.code} if place is not None else alike
    given = {code: one for code, one in sent.answers.items() if code in kept}
    answers, problems = rules.clean_answers(definition, given, territories=perimeter)
    fits = (len(answers), len(sent.answers))
    if len(given) < len(sent.answers) and not in_part:
        raise Refused("wrong_version", fits=fits)
    if problems and not in_part:
        told = tuple((one.question, one.value, one.message) for one in problems)
        raise Refused("answers", told, fits)
    return answers
