"""One small factory a model; each makes the least that its test needs."""

from __future__ import annotations

import itertools
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from jalons.accounts.models import User
from jalons.questionnaires.drafting import replace_question
from jalons.questionnaires.models import Version
from jalons.questionnaires.operations import load_definition
from jalons.rounds.enrolment import add_surveyor, enrol_device, secret_of
from jalons.rounds.models import Device, Round, Surveyor
from jalons.rounds.operations import create_round
from jalons.spaces.models import Membership, Role, Space
from jalons.surveys.models import Campaign, Response
from jalons.territories.models import Territory

_numbers = itertools.count(1)


def start_at(number: int) -> None:
    global _numbers
    _numbers = itertools.count(number + 1)


def make_user(name: str = "Camille", email: str = "") -> User:
    email = email or f"personne{next(_numbers)}@exemple.fr"
    return User.objects.create_user(email=email, name=name)


def make_territory(
    name: str = "CC d’Exemple", kind: str = Territory.Kind.EPCI, code: str = ""
) -> Territory:
    if not code and kind == Territory.Kind.COMMUNE:
        code = f"{96_000 + next(_numbers) % 4_000}"
    code = code or f"{900_000_000 + next(_numbers)}"
    return Territory.objects.create(code=code, kind=kind, name=name)


def make_space(
    *,
    territory: Territory | None = None,
    is_recognised: bool = True,
    **members: User,
) -> Space:
    """A space; members by role: `make_space(owner=camille, reader=sacha)`."""
    space = Space.objects.create(
        name="Équipe d’Exemple",
        kind=Space.Kind.TEAM,
        territory=territory or make_territory(),
        recognised_at=timezone.now() if is_recognised else None,
    )
    for role, user in members.items():
        Membership.objects.create(space=space, user=user, role=Role(role))
    return space


def make_version(code: str = "maturite-numerique") -> Version:
    return load_definition(settings.REFERENCE_DIR / f"questionnaires/{code}.toml")


def make_campaign(
    *territories: Territory, space: Space | None = None, **fields: object
) -> Campaign:
    """A campaign open today, on the EPCI given or on one of its own."""
    today = timezone.localdate()
    number = next(_numbers)
    given = {
        "space": space or make_space(),
        "version": make_version(),
        "slug": f"enquete-{number}",
        "title": f"Enquête {number}",
        "sponsor": "Centre de ressources d’Exemple",
        "opens_on": today - timedelta(days=10),
        "closes_on": today + timedelta(days=10),
        **fields,
    }
    given.setdefault("answers_kept_until", given["closes_on"] + timedelta(days=365))
    campaign = Campaign.objects.create(**given)
    campaign.territories.set(territories or [make_territory()])
    return campaign


def make_response(
    campaign: Campaign, territory: Territory | None = None, **answers: object
) -> Response:
    """An answer sent; `answers` by question code: `make_response(c, P2="yes")`."""
    territory = territory or campaign.territories.first()
    now = timezone.now()
    profile = str(answers.pop("profile", "decision_maker"))
    return Response.objects.create(
        campaign=campaign,
        territory=territory,
        profile=profile,
        answers={"territory": territory.pk, "profile": profile, **answers},
        started_at=now,
        updated_at=now,
        submitted_at=now,
    )


def make_round(
    *communes: Territory, space: Space | None = None, by: User | None = None, **fields
) -> Round:
    """A field survey open today, on the communes given or on one of its own."""
    today = timezone.localdate()
    number = next(_numbers)
    campaign = Campaign(
        **{
            "space": space or make_space(),
            "version": make_version("enquete-terrain"),
            "slug": f"terrain-{number}",
            "title": f"Enquête de terrain {number}",
            "sponsor": "CC d’Exemple",
            "opens_on": today - timedelta(days=10),
            "closes_on": today + timedelta(days=10),
            **fields,
        }
    )
    places = communes or [make_territory("Exemple", Territory.Kind.COMMUNE)]
    return create_round(campaign, places, by=by or make_user())


def make_surveyor(round: Round | None = None, alias: str = "A") -> Surveyor:
    return add_surveyor(round or make_round(), alias, [], by=make_user())


def make_device(surveyor: Surveyor | None = None) -> Device:
    code = secret_of(surveyor or make_surveyor())
    return enrol_device(code, name="Téléphone", at=timezone.now()).device


def reword(campaign: Campaign, code: str) -> None:
    """The team moves to a version in which one question is put otherwise."""
    definition = campaign.version.read()
    question = definition.question(code)
    assert question is not None
    text = question.text.model_copy(update={"fr": f"{question.text.fr} (autrement)"})
    changed = question.model_copy(update={"text": text})
    campaign.version = load_definition(replace_question(definition, changed))
    campaign.save(update_fields=["version"])


def interview(device: Device, **answers: object) -> dict[str, object]:
    """What a phone sends: an interview of five minutes, ended now."""
    now = timezone.now()
    campaign = device.surveyor.round.campaign
    commune = campaign.territories.first().pk
    return {
        "format": 1,
        "kind": "interview",
        "key": str(uuid4()),
        "round": str(device.surveyor.round.key),
        "version": campaign.version.checksum,
        "channel": "interview",
        "language": "fr",
        "is_easy": False,
        "collected_on": campaign.today().isoformat(),
        "started_at": (now - timedelta(minutes=5)).isoformat(),
        "ended_at": now.isoformat(),
        "seconds": 300,
        "answers": {"commune": commune, **answers},
        "token_digest": "",
    }
