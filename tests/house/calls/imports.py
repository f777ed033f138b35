from __future__ import annotations

from django.core.files.base import ContentFile

from jalons.files.models import StoredFile
from jalons.imports.models import ImportBatch, SavedMapping
from jalons.surveys.models import Campaign
from tests.factories import make_campaign
from tests.house.calls.call import Call, Side

PAGES = ("show", "header", "columns", "values", "confirm", "resume", "forget", "undo")
FILES = ("quarantine", "mapping", "save")


def calls(side: Side) -> dict[str, Call]:
    campaign = make_campaign(space=side.space, title=f"Import {side.mark}")
    survey = {"pk": campaign.pk}
    batch = survey | {"import_pk": _waiting(campaign, side).pk}
    saved = {"space_pk": side.space.pk, "mapping_pk": _saved(side).pk}
    return {
        "imports:create": Call(survey),
        "imports:example": Call(survey),
        **{f"imports:{name}": Call(batch) for name in (*PAGES, *FILES)},
        "imports:mappings": Call({"space_pk": side.space.pk}),
        "imports:saved_mapping": Call(saved),
        "imports:forget_mapping": Call(saved),
    }


def _saved(side: Side) -> SavedMapping:
    return SavedMapping.objects.create(
        space=side.space,
        title=f"Export {side.mark}",
        questionnaire_code="maturite-numerique",
        content=f"# {side.mark}",
    )


def _waiting(campaign: Campaign, side: Side) -> ImportBatch:
    """A file given, whose columns are matched, and whose report is not confirmed."""
    name = f"{side.mark}.csv"
    content = ContentFile(b"cle;epci\n1;200000000\n", name=name)
    stored = StoredFile.objects.create(
        name=name,
        size=content.size,
        checksum="0" * 64,
        content_type="text/csv",
        kind="responses",
        file=content,
    )
    return ImportBatch.objects.create(
        campaign=campaign,
        stored=stored,
        file_name=name,
        choices={"columns": {"cle": ":key", "epci": ":territory"}, "day": "2026-01-05"},
        state=ImportBatch.State.CHECKED,
        given_by=side.owner,
    )
