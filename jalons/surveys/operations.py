from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from jalons.accounts.models import Link, User
from jalons.audit import operations as audit
from jalons.questionnaires import answers as rules
from jalons.questionnaires.definitions import Section
from jalons.surveys import figures
from jalons.surveys.deleting import held_by
from jalons.surveys.models import (
    Campaign,
    Contact,
    FormerSurvey,
    Involvement,
    Response,
    Score,
    Validation,
)
from jalons.surveys.recording import Changes as Changes
from jalons.surveys.recording import Entry as Entry
from jalons.surveys.recording import Recorded as Recorded
from jalons.surveys.recording import compare, lay_out, whole_answer, write
from jalons.territories.models import Territory

BATCH = 500
KEPT = ("answers", "territory", "profile", "updated_at")
SENT = ("answers", "is_shared", "submitted_at", "updated_at", "entry_link")
"""What keeping a page, then sending, writes of an answer."""
ANSWERS_KEPT = timedelta(days=365)
"""After the last day of the survey, when its team says nothing else."""


class NotOpen(Exception):
    """The survey takes no answer: not yet, or no longer."""


class AlreadyClosed(Exception):
    """The survey was closed before."""


class AlreadySent(Exception):
    """The answer was sent: it is no longer changed."""


class AlreadyCreated(Exception):
    """The same form was sent before: `campaign` is what it made."""

    def __init__(self, campaign: Campaign) -> None:
        super().__init__(str(campaign))
        self.campaign = campaign


class HasAnswers(Exception):
    """Someone already answered: what they were told must not change."""


class HasNextWave(Exception):
    """Another survey is the next wave of this one."""


class OutsidePerimeter(Exception):
    """The territory is not among those surveyed."""


class NothingToValidate(Exception):
    """Nobody has answered for this territory."""


class Incomplete(Exception):
    """A required question has no answer; `codes` names them."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


@transaction.atomic
def create_campaign(
    campaign: Campaign, territories: Iterable[Territory], *, by: User
) -> Campaign:
    """Write a new campaign and its perimeter; answers are kept a year unless said.

    The form that bears a key makes one survey, however often it is sent.
    """
    campaign.answers_kept_until = campaign.answers_kept_until or (
        campaign.closes_on + ANSWERS_KEPT
    )
    try:
        with transaction.atomic():
            campaign.save(force_insert=True)
    except IntegrityError:
        known = Campaign.objects.filter(key=campaign.key, space=campaign.space).first()
        if campaign.key is None or known is None:
            raise
        raise AlreadyCreated(known) from None
    campaign.territories.set(territories)
    audit.record("campaign.created", campaign, by=by)
    return campaign


@transaction.atomic
def change_campaign(
    campaign: Campaign, territories: Iterable[Territory], *, by: User
) -> None:
    """Write what was changed in a campaign that nobody has answered yet.

    All of it is written: closed meanwhile, it would be open again.
    """
    if hold(campaign).is_closed:
        raise AlreadyClosed(campaign)
    if campaign.responses.exists():
        raise HasAnswers(campaign)
    campaign.save()
    campaign.territories.set(territories)
    audit.record("campaign.changed", campaign, by=by)


@transaction.atomic
def delete_campaign(campaign: Campaign, *, by: User) -> None:
    """Delete a campaign to which nobody gave anything, and all that hangs on it.

    Its address stays, and says so to whoever kept it.
    """
    locked = hold(campaign)
    if locked.next_waves.exists():
        raise HasNextWave(campaign)
    # A draft being filled in meanwhile is waited for, then found.
    list(locked.responses.drafts().select_for_update().values_list("pk"))
    if any(one.is_given for one in held_by(locked)):
        raise HasAnswers(campaign)
    audit.record("campaign.deleted", locked, by=by, details={"title": locked.title})
    FormerSurvey.objects.create(
        slug=locked.slug, sponsor=locked.sponsor, deleted_on=locked.today()
    )
    locked.delete()


@transaction.atomic
def move_closing(campaign: Campaign, closes_on: date, *, by: User) -> None:
    """Close later, or sooner, than announced; personal links live as long."""
    if hold(campaign).is_closed:
        raise AlreadyClosed(campaign)
    campaign.closes_on = closes_on
    campaign.save(update_fields=["closes_on"])
    Link.objects.filter(response__campaign=campaign).update(
        expires_at=campaign.last_moment
    )
    audit.record(
        "campaign.moved", campaign, by=by, details={"closes_on": str(closes_on)}
    )


def secret_of(campaign: Campaign, key: UUID) -> str:
    """The secret of the personal link of an answer.

    Computed from the key that the browser made and from the installation's own key:
    a form sent twice leads to the same link, and the database holds its digest only.
    """
    code = salted_hmac("jalons.surveys", f"{campaign.pk}:{key}", algorithm="sha256")
    return base64.urlsafe_b64encode(code.digest()[:16]).decode().rstrip("=")


@transaction.atomic
def open_draft(
    campaign: Campaign,
    *,
    key: UUID,
    is_easy: bool = False,
    entry_link: Link | None = None,
) -> tuple[Response, str]:
    """Start an answer, once per key; the secret resumes it.

    `entry_link` is the personal link by which someone came in, if any: it is marked
    as used when the answer is sent, and the answer then forgets it.
    """
    _check_open(campaign)
    now, secret = timezone.now(), secret_of(campaign, key)
    known = Response.objects.filter(campaign=campaign, key=key)
    if not known.exists():
        try:
            with transaction.atomic():
                link = Link.objects.create(
                    purpose=Link.Purpose.RESPONDENT,
                    digest=Link.digest_of(secret),
                    expires_at=campaign.last_moment,
                )
                begun = Response.objects.create(
                    campaign=campaign,
                    key=key,
                    started_at=now,
                    updated_at=now,
                    is_easy=is_easy,
                    link=link,
                    entry_link=entry_link,
                )
                return begun, secret
        except IntegrityError:  # the same form, sent twice at once
            if not known.exists():
                raise
    response = known.get()
    response.campaign = campaign
    if response.channel != Response.Channel.WEB:
        raise AlreadySent(response)
    return response, secret


@transaction.atomic
def save_section(
    response: Response, section: Section, given: Mapping[str, object], *, language: str
) -> Response:
    """Keep the answers to one page of a draft, and leave the other pages alone."""
    codes = {question.code for question in section.questions}
    codes |= {question.consent_code for question in section.questions}
    return _keep(_locked_draft(response), given, codes, language=language)


@transaction.atomic
def choose_territory(response: Response, code: str) -> Response:
    """Say which territory of the perimeter a draft is about."""
    locked = _locked_draft(response)
    question = locked.campaign.version.read().with_role("territory")
    if question is None or not code:
        raise OutsidePerimeter(code)
    return _keep(locked, {question.code: code}, {question.code}, language="fr")


@transaction.atomic
def prefill(response: Response, answers: rules.Answers) -> Response:
    """Begin a draft with answers already known, to be checked one by one."""
    return _keep(_locked_draft(response), answers, set(answers), language="fr")


@transaction.atomic
def choose_wording(response: Response, *, is_easy: bool) -> None:
    """Read the rest of a draft in the easy wording, or no longer."""
    locked = _locked_draft(response)
    locked.is_easy = is_easy
    locked.save(update_fields=["is_easy"])


@transaction.atomic
def submit_response(response: Response, *, is_shared: bool = False) -> Response:
    """Send a draft; sending again changes nothing and is not an error."""
    response = _lock(response)
    if response.submitted_at:
        return response
    _check_open(response.campaign)
    definition = response.campaign.version.read()
    answers, _problems = rules.clean_answers(definition, response.answers)
    missing = rules.progress(definition, answers).missing
    if missing or response.territory_id is None:
        raise Incomplete(missing)
    response.answers, response.is_shared = answers, is_shared
    response.submitted_at = response.updated_at = timezone.now()
    _cut_from_its_invitation(response)
    response.save(update_fields=SENT)
    return response


def _cut_from_its_invitation(response: Response) -> None:
    if response.entry_link_id:
        Link.objects.filter(pk=response.entry_link_id).update(
            used_on=response.campaign.today()
        )
    response.entry_link = None


@transaction.atomic
def record_responses(
    campaign: Campaign,
    entries: Iterable[Entry],
    *,
    channel: Response.Channel,
    by: User | None,
    details: Mapping[str, object] | None = None,
) -> Recorded:
    """Record whole answers from elsewhere (a file, a simulation), once per key.

    An entry whose key is known replaces what it said before; recording the same
    entries again changes nothing. One refused entry refuses them all.
    """
    if hold(campaign).is_closed:
        raise AlreadyClosed(campaign)
    recorded = Recorded(0, 0, 0)
    for changes in _compared(campaign, entries, channel):
        write(changes)
        recorded += changes.counts
    audit.record(
        "responses.recorded",
        campaign,
        by=by,
        details={"channel": str(channel), **asdict(recorded), **(details or {})},
    )
    return recorded


@transaction.atomic
def record_block(
    campaign: Campaign, entries: Iterable[Entry], *, channel: Response.Channel
) -> list[Changes]:
    """Record some hundred whole answers of a long import, which audits its whole.

    Blocks keep each transaction short: respondents go on answering meanwhile.
    """
    if hold(campaign).is_closed:
        raise AlreadyClosed(campaign)
    changes = list(_compared(campaign, entries, channel))
    for one in changes:
        write(one)
    return changes


def preview_responses(
    campaign: Campaign, entries: Iterable[Entry], *, channel: Response.Channel
) -> Recorded:
    """What recording these entries would change; nothing is written."""
    recorded = Recorded(0, 0, 0)
    for changes in _compared(campaign, entries, channel):
        recorded += changes.counts
    return recorded


def _compared(
    campaign: Campaign, entries: Iterable[Entry], channel: Response.Channel
) -> Iterator[Changes]:
    perimeter = frozenset(campaign.territories.values_list("pk", flat=True))
    entries = iter(entries)
    while batch := list(islice(entries, BATCH)):
        whole = [whole_answer(campaign, entry, channel) for entry in batch]
        for answer in whole:
            if answer.response.territory_id not in perimeter:
                raise OutsidePerimeter(answer.response.territory_id)
        yield compare(campaign, whole)


@transaction.atomic
def close_campaign(campaign: Campaign, *, by: User, at: datetime | None = None) -> None:
    """Close the campaign and freeze its scores.

    Scores are stored because the questionnaire may later be re-weighted, and a report
    already given to an elected official must not change. Drafts, which count nowhere
    and can no longer be sent, are deleted, and personal links stop working.
    """
    if hold(campaign).is_closed:
        raise AlreadyClosed(campaign)
    # Locking the drafts first makes a submission under way finish, or find none.
    drafts = campaign.responses.drafts().select_for_update()
    draft_keys = list(drafts.values_list("pk", flat=True))
    at = at or timezone.now()
    Link.objects.filter(response__campaign=campaign, revoked_at=None).update(
        revoked_at=at
    )
    campaign.responses.filter(pk__in=draft_keys).delete()
    campaign.closed_at, campaign.closed_by = at, by
    campaign.save(update_fields=["closed_at", "closed_by"])
    Score.objects.bulk_create(figures.scores_to_freeze(campaign, at=at))
    audit.record(
        "campaign.closed", campaign, by=by, details={"drafts": len(draft_keys)}
    )


@transaction.atomic
def validate_answer(
    campaign: Campaign, territory: Territory, *, by: User, statement: str
) -> Validation:
    """Record that a territory agrees, as an institution, to its answer."""
    if not campaign.responses.submitted().filter(territory=territory).exists():
        raise NothingToValidate(territory)
    validation, _is_new = Validation.objects.update_or_create(
        campaign=campaign,
        territory=territory,
        defaults={
            "validated_at": timezone.now(),
            "recorded_by": by,
            "statement": statement,
        },
    )
    audit.record(
        "answer.validated", campaign, by=by, details={"territory": territory.pk}
    )
    return validation


@transaction.atomic
def withdraw_validation(validation: Validation, *, by: User) -> None:
    """The territory no longer agrees: its class stops being shown outside."""
    details = {"territory": validation.territory_id}
    audit.record("answer.unvalidated", validation.campaign, by=by, details=details)
    validation.delete()


@transaction.atomic
def state_involvement(involvement: Involvement, *, by: User) -> None:
    """Record what a département does for digital inclusion, with its source."""
    Involvement.objects.update_or_create(
        space=involvement.space,
        departement=involvement.departement,
        defaults={
            "level": involvement.level,
            "source": involvement.source,
            "stated_on": involvement.stated_on,
        },
    )
    audit.record(
        "involvement.stated",
        involvement.space,
        by=by,
        details={"departement": involvement.departement_id, "level": involvement.level},
    )


def hold(campaign: Campaign) -> Campaign:
    """The campaign as it is now, held until the end of the transaction."""
    locked: Campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    return locked


def _lock(response: Response) -> Response:
    try:
        locked: Response = Response.objects.select_for_update().get(pk=response.pk)
    except Response.DoesNotExist:
        raise NotOpen(response.campaign) from None
    locked.campaign = response.campaign
    return locked


def _locked_draft(response: Response) -> Response:
    locked = _lock(response)
    if locked.submitted_at:
        raise AlreadySent(locked)
    _check_open(locked.campaign)
    return locked


def _keep(
    response: Response, given: Mapping[str, object], codes: set[str], *, language: str
) -> Response:
    """Replace the answers to some questions; what they bring down goes with them."""
    merged = {c: a for c, a in response.answers.items() if c not in codes}
    merged |= {c: a for c, a in given.items() if c in codes}
    definition = response.campaign.version.read()
    clean, _problems = rules.clean_answers(definition, merged)
    personal = {one.code for one in rules.asked(definition, clean) if one.is_personal}
    response.updated_at = timezone.now()
    contacts = lay_out(response, clean, language=language)
    _check_perimeter(response)
    response.save(update_fields=KEPT)
    if any(one.is_personal for one in definition.questions):
        response.contacts.exclude(question_code__in=personal - codes).delete()
    if contacts:
        Contact.objects.bulk_create(contacts)
    return response


def _check_perimeter(response: Response) -> None:
    code = response.territory_id
    surveyed = Campaign.territories.through.objects.filter(
        campaign=response.campaign_id, territory=code
    )
    if code and not surveyed.exists():
        raise OutsidePerimeter(code)


def _check_open(campaign: Campaign) -> None:
    """It is asked of the database: it may have been closed since it was read."""
    takes_answers = Campaign.objects.open(on=campaign.today())
    if not takes_answers.filter(pk=campaign.pk).exists():
        raise NotOpen(campaign)
