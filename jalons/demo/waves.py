"""A second wave of the simulated survey: answers, a choice, and validations by link.

The addresses end in `.invalid`, which no mail server can reach (RFC 2606).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice

from django.utils import timezone

from jalons.accounts.models import User
from jalons.demo.answering import DAYS, record
from jalons.demo.simulation import Simulated, simulate_again
from jalons.questionnaires.answers import Answers
from jalons.questionnaires.definitions import Definition
from jalons.reconciliation import operations, sheets, validating
from jalons.reconciliation.figures import agreements
from jalons.reconciliation.models import State
from jalons.reconciliation.validating import Given
from jalons.surveys import operations as surveys
from jalons.surveys.access import readable_by_their_teams
from jalons.surveys.models import Campaign
from jalons.surveys.reconciling import Choice
from jalons.territories.models import Territory

TITLE = "Numérique et territoires, seconde vague"
FUNCTION = "Directrice générale des services (simulée)"
STATEMENT = "Bureau communautaire simulé"
DECISIONS = (State.VALIDATED, State.CORRECTED, State.REFUSED, State.WAITING)


def invent_second_wave(
    first: Campaign, before: Sequence[Simulated], officer: User
) -> Campaign:
    """The same survey again: change can be told, since both waves are closed."""
    today = timezone.localdate()
    wave = operations.open_wave(
        first,
        title=TITLE,
        opens_on=today - timedelta(days=DAYS),
        closes_on=today,
        is_prefilled=True,
        by=officer,
    )
    record(wave, simulate_again(wave.version.read(), before), officer)
    _choose(wave, officer)
    _ask(wave, officer)
    surveys.close_campaign(wave, by=officer)
    return wave


def _choose(wave: Campaign, officer: User) -> None:
    """For one EPCI with several answers, another choice than the median."""
    one = agreements(wave)[0]
    operations.choose_method(
        wave,
        Territory.objects.get(pk=one.code),
        Choice("maximum"),
        reason="Choix simulé\u202f: chacun ne connaît qu’une partie des actions.",
        by=officer,
    )


def _ask(wave: Campaign, officer: User) -> None:
    """Four EPCI asked by link: one validates, one corrects, one refuses, one waits."""
    readable = readable_by_their_teams(wave)
    places = Territory.objects.by_codes(readable).order_by("name", "code")
    chosen = islice(places, len(DECISIONS))
    for number, (place, state) in enumerate(zip(chosen, DECISIONS, strict=True), 1):
        asked = validating.ask_validation(
            wave, place, email=f"direction{number}@simule.invalid", by=officer
        )
        shown = sheets.sheet_to_validate(wave, place)
        if state == State.REFUSED:
            validating.refuse_by_link(asked, Given(state, FUNCTION, STATEMENT))
        elif state != State.WAITING:
            kept = shown if state == State.VALIDATED else _corrected(wave, shown)
            given = Given(state, FUNCTION, STATEMENT, shown, kept)
            validating.agree_by_link(asked, given)


def _corrected(wave: Campaign, shown: Answers) -> Answers:
    """The sheet with another answer to its first question of one choice."""
    definition: Definition = wave.version.read()
    for question in sheets.scored_questions(definition):
        answer = shown.get(question.code)
        others = [o.code for o in question.options if o.code != answer]
        if question.type == "single" and answer and others:
            return {**shown, question.code: others[0]}
    raise ValueError("No question of the sheet can be corrected.")
