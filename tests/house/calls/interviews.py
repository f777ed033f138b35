from __future__ import annotations

from datetime import date

from jalons.interviews.models import Interview, Quote
from jalons.territories.models import Territory
from tests.factories import make_campaign, make_territory
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    campaign = make_campaign(space=side.space, title=f"Entretiens {side.mark}")
    code = {"Hautpays": "98", "Baspays": "99"}[side.mark]
    departement = make_territory(
        f"Département {side.mark}", Territory.Kind.DEPARTEMENT, code
    )
    campaign.territories.add(departement)
    interview = Interview.objects.create(
        campaign=campaign,
        function=f"Directrice {side.mark}",
        departement=departement,
        held_on=date(2026, 1, 5),
        mode=Interview.Mode.PHONE,
        interviewer=side.owner,
    )
    quote = Quote.objects.create(
        campaign=campaign,
        interview=interview,
        text=f"Des mots de {side.mark}",
        role=Quote.Role.TECHNICIAN,
        origin=Quote.Origin.INTERVIEW,
        consented_on=date(2026, 1, 5),
        consent_how="oralement",
    )
    survey = {"pk": campaign.pk}
    one, words = (
        survey | {"interview_pk": interview.pk},
        survey | {"quote_pk": quote.pk},
    )
    given = {
        "function": "Agente",
        "departement": departement.pk,
        "held_on": "2026-01-06",
        "mode": "phone",
    }
    said = {"text": "Mots", "role": "technician", "origin": "field", "level": "none"}
    return {
        "interviews:list": Call(survey),
        "interviews:create": Call(survey, post=given),
        "interviews:edit": Call(one, post=given),
        "interviews:delete": Call(one),
        "interviews:guide": Call(survey, post={"text": "Une question ?"}),
        "interviews:quotes": Call(survey),
        "interviews:add_quote": Call(survey, post=said),
        "interviews:edit_quote": Call(words, post=said),
        "interviews:delete_quote": Call(words),
        "interviews:pick": Call(words),
        "interviews:drop": Call(words),
        "interviews:sooner": Call(words),
        "interviews:export": Call(survey),
    }
