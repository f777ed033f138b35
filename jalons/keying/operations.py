from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from jalons.accounts.models import User
from jalons.analysis.double_keying import differing
from jalons.audit import operations as audit
from jalons.keying.models import Keying, Sheet
from jalons.questionnaires import answers as rules
from jalons.questionnaires.answers import Answers
from jalons.questionnaires.definitions import Definition, Section
from jalons.surveys import operations as surveys
from jalons.surveys.models import Campaign, Response


class NumberTaken(Exception):
    """A sheet of the survey bears this number already."""


class OutsideSurvey(Exception):
    """Nobody answers before the survey opens, nor on a day to come."""


class AlreadyCounted(Exception):
    """The sheet counts: it is no longer changed."""


class Unfinished(Exception):
    """A required question has no answer; `codes` names them."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


class Unsettled(Exception):
    """Some differences between the two keyings are not settled."""


@transaction.atomic
def open_sheet(
    campaign: Campaign,
    *,
    channel: str,
    collected_on: date,
    number: int | None,
    by: User,
) -> Keying:
    """Begin to key an answer; a sheet of paper bears its number, the others get one."""
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if locked.is_closed:
        raise surveys.AlreadyClosed(campaign)
    if not locked.opens_on <= collected_on <= locked.today():
        raise OutsideSurvey(collected_on)
    if number is None:
        last = campaign.sheets.aggregate(last=Max("number"))["last"]
        number = (last or 0) + 1
    if campaign.sheets.filter(number=number).exists():
        raise NumberTaken(number)
    sheet = Sheet.objects.create(
        campaign=campaign, number=number, channel=channel, collected_on=collected_on
    )
    details = {"number": number, "channel": channel}
    audit.record("sheet.opened", campaign, by=by, details=details)
    return Keying.objects.create(sheet=sheet, rank=1, keyed_by=by)


@transaction.atomic
def key_again(sheet: Sheet, *, by: User) -> Keying:
    """Begin the second keying of a sheet, without seeing the first."""
    _check_open(sheet)
    keying, _is_new = Keying.objects.get_or_create(
        sheet=sheet, rank=2, defaults={"keyed_by": by}
    )
    return keying


@transaction.atomic
def keep_page(keying: Keying, section: Section, given: Mapping[str, object]) -> None:
    """Keep what was read on one page, and leave the other pages alone."""
    _check_open(keying.sheet)
    codes = {question.code for question in section.questions}
    codes |= {question.consent_code for question in section.questions}
    merged = {c: a for c, a in keying.answers.items() if c not in codes}
    merged |= {c: a for c, a in given.items() if c in codes}
    keying.answers, _problems = rules.clean_answers(_definition(keying.sheet), merged)
    keying.save(update_fields=["answers"])


@transaction.atomic
def finish_keying(keying: Keying, *, by: User) -> Response | None:
    """Say that a sheet was read to the end; the answer when it now counts.

    What is keyed once counts at once. The second keying of a sheet counts when it
    says the same as the first; otherwise the differences are to be settled.
    """
    sheet = _locked(keying.sheet)
    missing = rules.progress(_definition(sheet), keying.answers).missing
    if missing:
        raise Unfinished(missing)
    keying.finished_at = timezone.now()
    keying.save(update_fields=["finished_at"])
    if not sheet.is_keyed_twice:
        return _count(sheet, keying.answers, by=by)
    finished = list(sheet.keyings.exclude(finished_at=None).order_by("rank"))
    if len(finished) < 2:
        return None
    first, second = finished
    if differing(first.answers, second.answers):
        return None
    return _agree(sheet, first, second, first.answers, by=by)


@transaction.atomic
def settle(sheet: Sheet, chosen: Answers, *, by: User) -> Response:
    """Count a sheet whose differences were settled, question by question.

    Where the two keyings agree their answer holds; where they differ, `chosen` says:
    the first, the second, or a third answer read again on the sheet.
    """
    locked = _locked(sheet)
    finished = list(locked.keyings.exclude(finished_at=None).order_by("rank"))
    if len(finished) < 2:
        raise Unsettled(sheet)
    first, second = finished
    differ = differing(first.answers, second.answers)
    agreed = {c: a for c, a in first.answers.items() if c not in differ}
    agreed |= {c: a for c, a in chosen.items() if c in differ and a is not None}
    return _agree(locked, first, second, agreed, by=by)


@transaction.atomic
def delete_sheet(sheet: Sheet, *, by: User) -> None:
    """Forget a sheet that does not count yet."""
    _check_open(sheet)
    details = {"number": sheet.number}
    audit.record("sheet.deleted", sheet.campaign, by=by, details=details)
    sheet.delete()


def _agree(
    sheet: Sheet, first: Keying, second: Keying, answers: Answers, *, by: User
) -> Response:
    """Keep how well the two keyings agreed, then count what is agreed."""
    sheet.compared_count = len({*first.answers, *second.answers})
    sheet.differing = list(differing(first.answers, second.answers))
    sheet.is_by_two = first.keyed_by_id != second.keyed_by_id
    return _count(sheet, answers, by=by)


def _count(sheet: Sheet, answers: Answers, *, by: User) -> Response:
    """Record the one answer of a sheet, and erase what was keyed."""
    campaign = sheet.campaign
    definition = _definition(sheet)
    clean, _problems = rules.clean_answers(definition, answers)
    if missing := rules.progress(definition, clean).missing:
        raise Unfinished(missing)
    now = timezone.now()
    entry = surveys.Entry(
        key=sheet.key,
        answers=clean,
        submitted_at=now,
        keyed_by=by,
        collected_on=sheet.collected_on,
    )
    channel = Response.Channel(sheet.channel)
    surveys.record_responses(campaign, [entry], channel=channel, by=by)
    sheet.keyings.update(answers={})
    sheet.counted_at = now
    sheet.save()
    details = {"number": sheet.number, "channel": sheet.channel}
    audit.record("sheet.counted", campaign, by=by, details=details)
    response: Response = campaign.responses.get(key=sheet.key)
    return response


def _definition(sheet: Sheet) -> Definition:
    definition: Definition = sheet.campaign.version.read()
    return definition


def _locked(sheet: Sheet) -> Sheet:
    locked: Sheet = (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("campaign__version", "campaign__space")
        .get(pk=sheet.pk)
    )
    _check_open(locked)
    return locked


def _check_open(sheet: Sheet) -> None:
    if sheet.counted_at:
        raise AlreadyCounted(sheet)
    if sheet.campaign.is_closed:
        raise surveys.AlreadyClosed(sheet.campaign)
