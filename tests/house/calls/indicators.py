from __future__ import annotations

from jalons.indicators.models import Indicator, Source
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    return {"indicators:definition": Call({"code": _public_indicator().code})}


def _public_indicator() -> Indicator:
    words = {"fr": "Niveau de vie médian"}
    source, _created = Source.objects.get_or_create(
        code="exemple",
        defaults={"title": "Source", "producer": "Producteur", "licence": "Licence"},
    )
    indicator, _created = Indicator.objects.get_or_create(
        code="exemple",
        defaults={
            "source": source,
            "title": words,
            "question": words,
            "limits": words,
            "unit": Indicator.Unit.EUROS,
            "direction": Indicator.Direction.NEITHER,
            "formula": "published",
            "author": "Projet Jalons",
        },
    )
    return indicator
