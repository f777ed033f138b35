from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.funding.aides_territoires import SOURCE, Answer, Question
from jalons.funding.loaders import Read
from jalons.funding.models import Grant, Offer, Reading, Scheme
from jalons.roadmaps import operations as roadmaps
from jalons.roadmaps.models import Action, Roadmap
from jalons.roadmaps.operations import Budgeted
from jalons.spaces.models import Space

CODE_START = "aides-territoires-"
"""Begins, in a catalogue, the code of what was found there."""


@transaction.atomic
def load_schemes(space: Space, read: Sequence[Read], *, by: User) -> None:
    """Schemes of a file: those whose code is known are replaced, the others added."""
    known = dict(space.schemes.values_list("code", "pk"))
    for one in read:
        one.scheme.space, one.scheme.pk = space, known.get(one.scheme.code)
        one.scheme.save()
        one.scheme.territories.set(one.territories)
    details = {"count": len(read)}
    audit.record("scheme.loaded", space, by=by, space_id=space.pk, details=details)


@transaction.atomic
def remove_scheme(scheme: Scheme, *, by: User) -> None:
    """Take it off the catalogue; requests that named it keep their funder."""
    audit.record("scheme.removed", scheme, by=by)
    scheme.delete()


@transaction.atomic
def keep_answer(
    action: Action, question: Question, answer: Answer, *, by: User
) -> Reading:
    """What Aides-territoires offered takes the place of its former answer, at once."""
    Reading.objects.filter(action=action).delete()
    reading = Reading.objects.create(
        action=action,
        territory=question.territory,
        words=question.words,
        applicant=question.applicant,
        count=answer.count,
        read_by=by,
    )
    Offer.objects.bulk_create(
        Offer(reading=reading, **asdict(one)) for one in answer.aids
    )
    space = action.workstream.stake.roadmap.space_id
    details = {"count": len(answer.aids)}
    audit.record("scheme.searched", action, by=by, space_id=space, details=details)
    return reading


@transaction.atomic
def put_in_catalogue(offer: Offer, space: Space, *, by: User) -> None:
    """A scheme offered enters the catalogue, its source said, for where it was found.

    Aides-territoires names perimeters of its own; that it fits the territory asked is
    all that is known.
    """
    scheme = Scheme(
        code=f"{CODE_START}{offer.code}",
        title=offer.title,
        funder=offer.funders or SOURCE,
        themes=offer.themes,
        applicants=offer.applicants,
        rate=offer.rate,
        opens_on=offer.opens_on,
        closes_on=offer.closes_on,
        address=offer.address,
        source=SOURCE,
        read_on=timezone.localdate(offer.reading.read_at),
    )
    if scheme.opens_on and scheme.closes_on and scheme.closes_on < scheme.opens_on:
        # The constraint of the catalogue; the day to remember is the last one.
        scheme.opens_on = None
    load_schemes(space, [Read(scheme, [offer.reading.territory])], by=by)


@transaction.atomic
def save_grant(grant: Grant, *, by: User) -> Grant:
    """Write what is asked, or what changed in it."""
    is_new = grant.pk is None
    grant.written_by = by
    grant.save()
    _note("grant.asked" if is_new else "grant.changed", grant, by)
    return grant


@transaction.atomic
def remove_grant(grant: Grant, *, by: User) -> None:
    _note("grant.removed", grant, by)
    grant.delete()


@transaction.atomic
def write_in_budget(grant: Grant, *, by: User) -> None:
    """Put what its funder granted in all in the budget of the action.

    Raises ChangedMeanwhile when somebody writes the action at the same time.
    """
    action, key = grant.action, grant.funder.casefold()
    granted = sum(
        (
            one.counted(Grant.State.GRANTED)
            for one in action.grants.all()
            if one.funder.casefold() == key
        ),
        Decimal(0),
    )
    others = [
        Budgeted(one.funder, one.amount)
        for one in action.budget.all()
        if one.funder.casefold() != key
    ]
    budget = [*others, Budgeted(grant.funder, granted)]
    roadmaps.save_action(action, budget, version=action.version, by=by)


def _note(verb: str, grant: Grant, by: User) -> None:
    roadmap: Roadmap = grant.action.workstream.stake.roadmap
    details = {"roadmap": roadmap.pk, "state": grant.state}
    audit.record(verb, grant, by=by, space_id=roadmap.space_id, details=details)
