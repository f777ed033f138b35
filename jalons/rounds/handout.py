"""All that a telephone needs to interview for days without the network."""

from __future__ import annotations

from typing import TypedDict

from django.utils import timezone

from jalons.questionnaires.definitions import content_of
from jalons.rounds import consent
from jalons.rounds.models import Device, Refusal, Round
from jalons.rounds.progress import met
from jalons.territories.models import Territory

FORMAT = 1


class Commune(TypedDict):
    code: str
    name: str


class Wanted(TypedDict):
    commune: str
    sex: str
    age: str
    target: int
    done: int


class Handout(TypedDict):
    format: int
    round: dict[str, object]
    surveyor: dict[str, str]
    version: dict[str, object]
    questionnaire: dict[str, object]
    communes: list[Commune]
    notice: dict[str, str]
    opening: dict[str, str]
    callback: dict[str, object]
    wanted: list[Wanted]
    refusals: list[dict[str, str]]


def handout(device: Device) -> Handout:
    """What this device downloads, and downloads again when it has the network."""
    surveyor = device.surveyor
    round = surveyor.round
    campaign, version = round.campaign, round.campaign.version
    communes = _communes(device)
    return {
        "format": FORMAT,
        "round": {
            "id": str(round.key),
            "title": campaign.title,
            "sponsor": campaign.sponsor,
            "opens_on": campaign.opens_on.isoformat(),
            "closes_on": campaign.closes_on.isoformat(),
            "public_key": round.public_key,
            "is_simulated": campaign.is_simulated,
        },
        "surveyor": {"alias": surveyor.alias},
        "version": {
            "code": version.questionnaire.code,
            "number": version.number,
            "checksum": version.checksum,
        },
        "questionnaire": content_of(version.read()),
        "communes": communes,
        "notice": {
            "purpose": campaign.notice_purpose,
            "legal_basis": campaign.notice_legal_basis,
            "retention": campaign.notice_retention,
            "rights": campaign.notice_rights,
            "publication": campaign.notice_publication,
        },
        "opening": _opening(round),
        "callback": _callback(round),
        "wanted": _wanted(round, communes),
        "refusals": [
            {"code": one.value, "text": str(one.label)} for one in Refusal.Reason
        ],
    }


def _communes(device: Device) -> list[Commune]:
    surveyor = device.surveyor
    entrusted = surveyor.communes.order_by("name")
    every = surveyor.round.campaign.territories.order_by("name")
    found: list[Territory] = list(entrusted) or list(every)
    return [{"code": one.pk, "name": one.name} for one in found]


def _opening(round: Round) -> dict[str, str]:
    """The words said first: the introduction of the first page."""
    intro = round.campaign.version.read().sections[0].intro
    if intro is None:
        return {}
    return {wording: intro.in_wording(wording) for wording in ("fr", "fr_easy", "en")}


def _callback(round: Round) -> dict[str, object]:
    until = consent.expires_on(round, timezone.localdate())
    return {
        "version": consent.version(until),
        "purpose": consent.purpose(round),
        "days": round.callback_days,
        "text": {
            language: consent.words(round, language, until=until)
            for language in consent.LANGUAGES
        },
    }


def _wanted(round: Round, communes: list[Commune]) -> list[Wanted]:
    done = met(round)
    codes = [one["code"] for one in communes]
    return [
        {
            "commune": quota.commune_id,
            "sex": quota.sex,
            "age": quota.age,
            "target": quota.target,
            "done": done[quota.commune_id, quota.sex, quota.age],
        }
        for quota in round.quotas.filter(commune__in=codes).order_by("pk")
    ]
