"""A field survey of the demonstration: a real territory, nobody really met."""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from jalons.accounts.models import User
from jalons.callbacks import operations as callbacks
from jalons.callbacks.models import CallBack
from jalons.demo.inhabitants import AGES, SEX, answers_of
from jalons.fieldwork import tasks as fieldwork
from jalons.questionnaires.models import Version
from jalons.rounds import enrolment, operations
from jalons.rounds.models import Device, Round
from jalons.rounds.reception import receive_interview, receive_refusal
from jalons.spaces.models import Space
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory

SLUG = "numerique-et-vous"
SEED = 26
MET = 180
REFUSED = 34
# Large and small communes of the EPCI, so that one is under eleven people.
COMMUNES = {"24322": 0.44, "24053": 0.2, "24138": 0.14, "24557": 0.12, "24026": 0.08}
LAST = 0.03
SURVEYORS = ("Léa (La Poste)", "Conseiller numérique", "Agente de mairie")
FIRST_DAY = 45


def invent_round(space: Space, officer: User) -> Round:
    """Three surveyors, some hundred people met, some who would not, some to call."""
    round = _round(space, officer)
    rng = Random(SEED)
    phones = [_phone(round, alias, officer) for alias in SURVEYORS]
    for number in range(MET):
        _meet(round, phones[number % len(phones)], rng, number)
    for number in range(REFUSED):
        _turn_away(round, phones[number % len(phones)], rng, number)
    _follow(round, officer)
    fieldwork.check.enqueue(round.pk)
    return round


def _round(space: Space, officer: User) -> Round:
    opens = timezone.localdate() - timedelta(days=FIRST_DAY)
    closes = opens + timedelta(days=120)
    campaign = Campaign(
        space=space,
        version=Version.objects.latest_of("enquete-terrain"),
        slug=SLUG,
        title="Le numérique et vous",
        sponsor="Équipe du Grand Périgueux (démonstration)",
        opens_on=opens,
        closes_on=closes,
        answers_kept_until=closes + timedelta(days=365),
        is_simulated=True,
        notice_purpose="Démonstration\u202f: montrer une enquête de terrain.",
        notice_legal_basis="Démonstration\u202f: aucune personne réelle.",
        notice_retention="Rien n’est conservé d’une personne réelle.",
        notice_rights="Personne n’a été rencontré\u202f: il n’y a rien à effacer.",
        notice_publication="Des résultats simulés, marqués comme tels.",
    )
    codes = (*COMMUNES, *_last(space, COMMUNES))
    communes = Territory.objects.communes().by_codes(codes).within(space.territory)
    round = operations.create_round(campaign, communes, by=officer)
    targets = {
        (commune.pk, sex, age): 2
        for commune in communes
        for sex in SEX
        for age in AGES
        if commune.pk == "24322"
    }
    operations.set_quotas(round, targets, by=officer)
    return round


def _last(space: Space, known: dict[str, float]) -> list[str]:
    """The smallest commune: too few people are met there for a figure to be told."""
    others = Territory.objects.communes().current().within(space.territory)
    smallest = others.exclude(pk__in=known).order_by("population", "pk").first()
    return [smallest.pk] if smallest else []


def _phone(round: Round, alias: str, officer: User) -> Device:
    surveyor = enrolment.add_surveyor(round, alias, [], by=officer)
    secret = enrolment.secret_of(surveyor)
    name = "Téléphone (simulé)"
    return enrolment.enrol_device(secret, name=name, at=timezone.now()).device


def _meet(round: Round, phone: Device, rng: Random, number: int) -> None:
    commune = _commune(round, rng)
    ended_at = _moment(rng)
    answers = {"commune": commune, **answers_of(rng)}
    wishes = answers.get("F17") in ("soon", "later")
    wants_call, is_linked = rng.random() < 0.45, rng.random() < 0.5
    token = hashlib.sha256(f"{SLUG}{number}".encode()).hexdigest()
    is_called = bool(wishes and wants_call)
    print_of = hashlib.sha256(token.encode()).hexdigest()
    seconds = int(rng.gauss(620, 140))
    sent: dict[str, object] = {
        "format": 1,
        "kind": "interview",
        "key": str(UUID(int=rng.getrandbits(128), version=4)),
        "round": str(round.key),
        "version": round.campaign.version.checksum,
        "channel": "phone" if rng.random() < 0.15 else "interview",
        "is_easy": rng.random() < 0.3,
        "collected_on": timezone.localdate(ended_at).isoformat(),
        "started_at": (ended_at - timedelta(seconds=seconds)).isoformat(),
        "ended_at": ended_at.isoformat(),
        "seconds": max(180, seconds),
        "answers": answers,
        "token_digest": print_of if is_called and is_linked else "",
    }
    receive_interview(round, phone, sent, key=UUID(str(sent["key"])))
    if is_called:
        _ask_for_a_call(round, phone, commune, token if is_linked else "", number, rng)


def _ask_for_a_call(
    round: Round, phone: Device, commune: str, token: str, number: int, rng: Random
) -> None:
    key = UUID(int=rng.getrandbits(128), version=4)
    sent: dict[str, object] = {
        "format": 1,
        "kind": "callback",
        "key": str(key),
        "round": str(round.key),
        "commune": commune,
        "name": f"Personne simulée n°\u00a0{number + 1}",
        "contact": f"personne{number + 1}@exemple.fr",
        "consent": "1",
        "asked_on": _moment(rng).date().isoformat(),
        "token": token,
    }
    callbacks.receive_callback(round, phone, sent, key=key)


def _turn_away(round: Round, phone: Device, rng: Random, number: int) -> None:
    key = UUID(int=rng.getrandbits(128), version=4)
    reasons = ("no_time", "not_interested", "not_interested", "language", "elsewhere")
    sent: dict[str, object] = {
        "format": 1,
        "kind": "refusal",
        "key": str(key),
        "round": str(round.key),
        "commune": _commune(round, rng),
        "refused_on": _moment(rng).date().isoformat(),
        "reason": reasons[number % len(reasons)],
    }
    receive_refusal(round, phone, sent, key=key)


def _follow(round: Round, officer: User) -> None:
    """A third of the calls are made, so that the list shows every state."""
    waiting = CallBack.objects.filter(round=round).order_by("name")
    states = (CallBack.State.CALLED, CallBack.State.OFFERED, CallBack.State.DONE)
    for number, callback in enumerate(waiting):
        if number % 3 == 0:
            state = states[number // 3 % len(states)]
            callbacks.follow(callback, state, by=officer)


def _commune(round: Round, rng: Random) -> str:
    codes = sorted(round.campaign.territories.values_list("pk", flat=True))
    weights = [COMMUNES.get(code, LAST) for code in codes]
    return rng.choices(codes, weights)[0]


def _moment(rng: Random) -> datetime:
    day = timezone.localdate() - timedelta(days=rng.randrange(1, FIRST_DAY))
    hour = time(rng.randrange(9, 19), rng.randrange(60))
    return timezone.make_aware(datetime.combine(day, hour))
