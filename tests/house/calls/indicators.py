from __future__ import annotations

from django.core.files.base import ContentFile
from django.utils import timezone

from jalons.files.models import StoredFile
from jalons.indicators.models import Indicator, Load, Release, Source
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    pending = {"pk": _pending(side).pk}
    return {
        "indicators:definition": Call({"code": _public_indicator().code}),
        "indicators:follow": Call(pending),
        "indicators:quarantine": Call(pending),
        "indicators:restart": Call(pending),
        "indicators:forget": Call(pending),
        "indicators:undo": Call({"pk": _loaded(side).pk}),
        "indicators:own": Call({"space_pk": side.space.pk}),
        "indicators:add": Call({"space_pk": side.space.pk}),
    }


def _pending(side: Side) -> Load:
    """A team's own file, read, whose report waits to be confirmed."""
    return Load.objects.create(
        stored=_stored(side, "figures"),
        refused=_stored(side, "figures-refused"),
        space=side.space,
        state=Load.State.READY,
        report=[f"Rapport {side.mark}"],
        given_by=side.owner,
    )


def _loaded(side: Side) -> Release:
    """A team's own file, loaded."""
    source = Source.objects.create(
        code=f"own-{side.mark}".lower(), title=f"Source {side.mark}", space=side.space
    )
    words = {"fr": f"Chiffre {side.mark}"}
    Indicator.objects.create(
        code=source.pk, source=source, title=words, question=words, limits=words
    )
    return Release.objects.create(
        source=source, vintage="2025", file="any/own", retrieved_at=timezone.now()
    )


def _stored(side: Side, kind: str) -> StoredFile:
    content = ContentFile(f"code;part {side.mark}\n".encode(), name=f"{side.mark}.csv")
    return StoredFile.objects.create(
        name=content.name,
        size=content.size,
        checksum="0" * 64,
        content_type="text/csv",
        kind=kind,
        file=content,
    )


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
