from __future__ import annotations

from django.utils import timezone

from jalons.analysis.secrecy import PROFESSIONALS
from jalons.indicators.models import Indicator, Observation, Release, Source
from jalons.observatory import operations as observatory
from jalons.surveys import operations as surveys
from jalons.territories.models import Territory
from tests.factories import make_campaign, make_response
from tests.house.calls.call import Call, Side

TEAM = (
    *("show", "territories", "departements", "crossings", "answers", "targets"),
    "targets_csv",
    *("degrees", "pdf", "income_limits", "publish", "withdraw", "verbatims"),
)
PUBLIC = (
    *("", "territories", "departements", "crossings", "answers", "degrees"),
    "pdf",
)


def calls(side: Side) -> dict[str, Call]:
    """A closed survey whose results are published."""
    campaign = make_campaign(
        space=side.space, title=f"Résultats {side.mark}", notice_announces_class=True
    )
    response = make_response(campaign, P2="yes")
    for _other in range(PROFESSIONALS - 1):
        make_response(campaign, response.territory, P2="yes")
    _income(response.territory)
    surveys.validate_answer(
        campaign, response.territory, by=side.owner, statement="Délibération"
    )
    surveys.close_campaign(campaign, by=side.owner)
    observatory.publish(campaign, public_from=timezone.now(), by=side.owner)
    team, public = {"pk": campaign.pk}, {"slug": campaign.slug}
    crossing, table = {"code": "maturity_by_vulnerability"}, {"code": "classes"}
    return {
        **{f"observatory:{name}": Call(team) for name in TEAM},
        **{f"observatory:{_of('public', name)}": Call(public) for name in PUBLIC},
        **{f"observatory:{_of('preview', name)}": Call(team) for name in PUBLIC},
        "observatory:licence": Call(team, post={"licence": "etalab-2.0"}),
        "observatory:crossing": Call(team | crossing),
        "observatory:table": Call(team | table),
        "observatory:preview_crossing": Call(team | crossing),
        "observatory:preview_table": Call(team | table),
        "observatory:public_crossing": Call(public | crossing),
        "observatory:public_table": Call(public | table),
    }


def _income(territory: Territory) -> None:
    """A crossing exists as soon as one territory has a context."""
    text = {"fr": "Revenu", "en": "Income"}
    source, _is_new = Source.objects.get_or_create(
        code="revenus", defaults={"title": "Revenus", "producer": "Producteur"}
    )
    indicator, _is_new = Indicator.objects.get_or_create(
        code="median_income",
        defaults={"source": source, "title": text, "question": text, "limits": text},
    )
    release, _is_new = Release.objects.get_or_create(source=source, vintage="2021")
    Observation.objects.create(
        territory=territory,
        indicator=indicator,
        release=release,
        value=21_000,
        status=Observation.Status.PUBLISHED,
    )


def _of(audience: str, name: str) -> str:
    return f"{audience}_{name}" if name else audience
