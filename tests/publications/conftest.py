from __future__ import annotations

import pytest
from django.utils import timezone

from jalons.publications import operations
from jalons.spaces.models import Role
from jalons.synthesis.content import (
    Chapter,
    Column,
    Content,
    Map,
    Table,
    Text,
    to_store,
)
from jalons.synthesis.models import Edition, Synthesis
from tests.network.conftest import centre, made, signed_in

__all__ = ["centre", "made", "signed_in"]


@pytest.fixture
def edition(centre):
    """The synthesis of a survey as it was published, two territories on its map."""
    campaign = centre.space.campaigns.get()
    shown = tuple(sorted(one.code for one in list(centre.places.values())[:2]))
    for code in shown:
        campaign.validations.get_or_create(
            territory_id=code, defaults={"validated_by": centre.officer}
        )
    table = Table(
        code="dires",
        caption="Ce que disent les répondants",
        note="Part des répondants.",
        columns=(Column("Réponse", False), Column("Part", True)),
        rows=(("Oui", "62,5 %"),),
        header=("réponse", "part"),
        records=(("Oui", 62.5),),
    )
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'></svg>"
    drawn = Map(svg, svg, "Carte des niveaux", "Les niveaux", "", ())
    content = Content(
        title="Enquête d’exemple",
        subtitle="",
        author="Centre",
        source="Enquête d’exemple, 2026",
        date_line="3 mars 2026",
        language="fr",
        is_simulated=False,
        chapters=(Chapter("Niveau", (drawn,)), Chapter("Dires", (table, Text("Mot.")))),
        publication=(),
        group=(),
        thanks="",
        method=(),
        shown_territories=shown,
    )
    synthesis = Synthesis.objects.create(
        campaign=campaign, title=content.title, started_by=centre.officer
    )
    now = timezone.now()
    return Edition.objects.create(
        synthesis=synthesis,
        content=to_store(content),
        public_from=now,
        code_version="1",
        published_at=now,
        published_by=centre.officer,
    )


@pytest.fixture
def report(centre, edition):
    """The draft as it is proposed, with who made it."""
    if not centre.space.memberships.filter(role=Role.OWNER).exists():
        centre.space.memberships.create(user=centre.officer, role=Role.OWNER)
    found = operations.new_report(centre.space)
    found.foreword, found.writing = "Ce document dit où en est la région.", "L’équipe"
    found.partners, found.funders = "Une chambre", "Un fonds"
    operations.write_report(found, version=0, by=centre.officer)
    return found
