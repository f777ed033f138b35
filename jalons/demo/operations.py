"""The demonstration, built through the same operations as a user's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.demo.actors import invent_actors
from jalons.demo.answering import DAYS, record
from jalons.demo.conversations import invent_conversations
from jalons.demo.coordinating import invent_coordination
from jalons.demo.events import invent_events
from jalons.demo.fieldwork import invent_diagnosis
from jalons.demo.gathering import invent_groups
from jalons.demo.gazette import invent_gazette
from jalons.demo.helping import invent_slips
from jalons.demo.hosting import invent_host
from jalons.demo.importing import bring_in_a_file
from jalons.demo.joining import invent_request
from jalons.demo.keys import invent_key
from jalons.demo.letters import invent_invitations
from jalons.demo.library import invent_initiatives
from jalons.demo.own_figures import invent_figure
from jalons.demo.pairing import invent_pairings
from jalons.demo.paper import key_a_sheet_twice
from jalons.demo.places import invent_places, invent_waiting_file
from jalons.demo.reception import invent_interests
from jalons.demo.region import invent_region
from jalons.demo.report import invent_synthesis
from jalons.demo.returning import send_some_returns
from jalons.demo.roadmap import invent_roadmap
from jalons.demo.rounds import invent_round
from jalons.demo.sharing import invent_mailbox, invent_messages, invent_proposals
from jalons.demo.simulation import SEED, simulate
from jalons.demo.supporting import invent_support
from jalons.demo.waves import invent_second_wave
from jalons.demo.workshop import invent_workshops
from jalons.files.licences import Licence
from jalons.observatory import operations as observatory
from jalons.questionnaires.models import Version
from jalons.spaces import operations as spaces
from jalons.spaces.models import Space
from jalons.surveys import operations as surveys
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory

REGION = "R75"
QUESTIONNAIRE = "maturite-numerique"
SLUG = "numerique-et-territoires"
TRIAL_SLUG = "essai"
# Most responding EPCI have validated their answer, so that the public map is seen;
# a few have not, so that the third blank is seen too.
VALIDATED_SHARE = 0.9
TRIAL_DAYS = 365


@dataclass(frozen=True, slots=True)
class Built:
    """What the demonstration holds."""

    responses: int
    territories: int
    email: str


def is_built() -> bool:
    return Campaign.objects.filter(slug=SLUG).exists()


@transaction.atomic
def build() -> Built:
    """A resource centre, a published survey, one open to try, and a diagnosis."""
    officer = User.objects.create_user(
        email=settings.DEMO_EMAIL, name="Chargée de mission (démonstration)"
    )
    space = spaces.create_space(
        by=officer,
        name="Centre de ressources (démonstration)",
        kind=Space.Kind.RESOURCE_CENTRE,
        territory=Territory.objects.get(code=REGION),
    )
    spaces.recognise_space(space, by=officer)
    invent_host(space, officer)
    today = timezone.localdate()
    campaign = _campaign(space, officer, SLUG, opens=today - timedelta(days=180))
    codes = list(campaign.territories.values_list("code", flat=True))
    simulated = simulate(campaign.version.read(), codes)
    answered = record(campaign, simulated, officer)
    _validate(campaign, answered, officer)
    invent_conversations(campaign, officer)
    surveys.close_campaign(campaign, by=officer, at=_closing(campaign))
    now, licence = timezone.now(), Licence.OPEN
    observatory.publish(campaign, public_from=now, licence=licence, by=officer)
    invent_synthesis(campaign, officer)
    send_some_returns(campaign, officer)
    trial = _campaign(space, officer, TRIAL_SLUG, opens=today)
    invent_invitations(trial, officer)
    key_a_sheet_twice(trial, officer)
    bring_in_a_file(trial, officer)
    invent_second_wave(campaign, simulated, officer)
    made = invent_diagnosis(officer)
    invent_figure(made.space, officer)
    actors = invent_actors(made.space, officer)
    network, *_ended = invent_groups(actors, officer)
    invent_coordination(network, actors, officer)
    invent_workshops(actors, officer)
    invent_roadmap(actors, officer)
    invent_support(space, made.space, officer)
    invent_pairings(space, made.space, officer)
    invent_interests(space, officer)
    invent_events(space, officer)
    invent_gazette(space, officer)
    invent_places(made.space, officer)
    invent_waiting_file(made.space, officer)
    invent_slips(made.space, officer)
    invent_messages(actors, officer)
    invent_mailbox(network, officer)
    invent_proposals(made.space, officer)
    invent_initiatives(space, officer)
    invent_region(space, officer)
    invent_round(made.space, officer)
    invent_request(made.space)
    invent_key(made.space, officer)
    return Built(
        responses=campaign.responses.submitted().count(),
        territories=len(answered),
        email=officer.email,
    )


def _campaign(space: Space, officer: User, slug: str, *, opens: date) -> Campaign:
    is_trial = slug == TRIAL_SLUG
    campaign = Campaign(
        space=space,
        version=Version.objects.filter(questionnaire__code=QUESTIONNAIRE).latest(
            "number"
        ),
        slug=slug,
        title="Essai du questionnaire" if is_trial else "Numérique et territoires",
        sponsor="Centre de ressources (démonstration)",
        research_question=(
            "Où en sont les EPCI de Nouvelle-Aquitaine avec le numérique, "
            "et de quel appui ont-ils besoin\u202f?"
        ),
        objectives=(
            "Connaître le niveau de maturité des territoires\n"
            "Préparer l’appui sur les thèmes prioritaires\n"
            "Savoir qui s’occupe du numérique dans chaque territoire\n"
            "Mesurer les besoins exprimés"
        ),
        opens_on=opens,
        closes_on=opens + timedelta(days=TRIAL_DAYS),
        is_simulated=True,
        notice_announces_class=True,
        **_notice(),
    )
    territories = Territory.objects.epci().within(REGION)
    return surveys.create_campaign(campaign, territories, by=officer)


def _closing(campaign: Campaign) -> datetime:
    """The first wave closed once its last answer had come."""
    last = datetime.combine(campaign.opens_on, time(18)) + timedelta(days=DAYS)
    return timezone.make_aware(last)


def _notice() -> dict[str, str]:
    return {
        "notice_purpose": (
            "Démonstration\u202f: montrer comment une enquête se remplit, "
            "se note et se publie."
        ),
        "notice_legal_basis": (
            "Mission d’intérêt public (article 6-1-e du RGPD). Répondre est facultatif."
        ),
        "notice_retention": (
            "Les réponses d’essai restent sur la machine qui fait tourner la "
            "démonstration et sont effacées avec elle."
        ),
        "notice_rights": (
            "Vous pouvez demander à voir, corriger ou effacer votre réponse auprès "
            "de l’organisme qui fait tourner cette démonstration."
        ),
        "notice_publication": (
            "Le niveau de maturité de chaque EPCI qui a validé sa réponse, et des "
            "résultats d’ensemble. Aucune réponse individuelle."
        ),
    }


def _validate(campaign: Campaign, codes: list[str], officer: User) -> None:
    draw = np.random.default_rng(SEED)
    for territory in Territory.objects.by_codes(codes).order_by("code"):
        if draw.random() < VALIDATED_SHARE:
            surveys.validate_answer(
                campaign, territory, by=officer, statement="Validation simulée"
            )
