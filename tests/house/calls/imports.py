from __future__ import annotations

from django.core.files.base import ContentFile

from jalons.files.models import StoredFile
from jalons.imports.models import PendingImport
from jalons.surveys.models import Campaign
from tests.factories import make_campaign
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    campaign = make_campaign(space=side.space, title=f"Import {side.mark}")
    survey = {"pk": campaign.pk}
    pending = survey | {"import_pk": _pending(campaign, side).pk}
    return {
        "imports:create": Call(survey),
        "imports:confirm": Call(pending),
        "imports:forget": Call(pending),
        "imports:quarantine": Call(pending),
    }


def _pending(campaign: Campaign, side: Side) -> PendingImport:
    """A file given, whose report waits to be confirmed."""
    content = ContentFile(b"cle;epci\n", name=f"{side.mark}.csv")
    stored = StoredFile.objects.create(
        name=content.name,
        size=content.size,
        checksum="0" * 64,
        content_type="text/csv",
        kind="responses",
        file=content,
    )
    return PendingImport.objects.create(
        campaign=campaign,
        stored=stored,
        mapping="",
        mapping_name="essai.toml",
        given_by=side.owner,
    )
