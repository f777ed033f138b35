from __future__ import annotations

from django.utils import timezone

from jalons.surveys import operations as surveys
from jalons.synthesis import operations
from jalons.synthesis.models import Block
from jalons.synthesis.pieces import Planned
from tests.factories import make_campaign, make_response, make_territory
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A closed survey whose synthesis is published."""
    places = [make_territory(f"CC {side.mark} {n}") for n in range(6)]
    campaign = make_campaign(*places, space=side.space, title=f"Étude {side.mark}")
    for place in places:
        make_response(campaign, place, P2="yes")
    surveys.close_campaign(campaign, by=side.owner)
    synthesis = operations.start_synthesis(
        campaign,
        title=f"Synthèse {side.mark}",
        plan=[Planned("En bref", ("facts",))],
        by=side.owner,
    )
    chapter = synthesis.chapters.get()
    operations.publish(synthesis, public_from=timezone.now(), by=side.owner)
    return {**_of_team(campaign.pk, chapter), **_of_public(campaign.slug)}


def _of_team(pk: int, chapter) -> dict[str, Call]:
    survey = {"pk": pk}
    of_chapter = survey | {"chapter_pk": chapter.pk}
    of_block = survey | {"block_pk": Block.objects.get(chapter=chapter).pk}
    piece, down = {"piece": "facts"}, {"move": "down"}
    title, number = {"title": "Nouveau titre"}, survey | {"number": 1}
    today = timezone.localdate().isoformat()
    return {
        "synthesis:show": Call(survey),
        "synthesis:start": Call(survey),
        "synthesis:describe": Call(survey, post=title),
        "synthesis:add_chapter": Call(survey, post=title),
        "synthesis:chapter": Call(of_chapter, post=title),
        "synthesis:move_chapter": Call(of_chapter, post=down),
        "synthesis:remove_chapter": Call(of_chapter),
        "synthesis:remove_block": Call(of_block),
        "synthesis:add_block": Call(of_chapter, post=piece),
        "synthesis:block": Call(of_block, post=piece),
        "synthesis:move_block": Call(of_block, post=down),
        "synthesis:publish": Call(survey, post={"public_on": today}),
        "synthesis:withdraw": Call(survey, post={"reason": "Une erreur."}),
        "synthesis:preview": Call(survey),
        "synthesis:preview_chapter": Call(number),
        "synthesis:preview_method": Call(survey),
        "synthesis:preview_table": Call(survey | {"code": "livre-de-codes"}),
        "synthesis:preview_file": Call(survey | {"format": "xlsx"}),
    }


def _of_public(slug: str) -> dict[str, Call]:
    address = {"slug": slug}
    return {
        "synthesis:public": Call(address),
        "synthesis:public_chapter": Call(address | {"number": 1}),
        "synthesis:public_method": Call(address),
        "synthesis:public_table": Call(address | {"code": "livre-de-codes"}),
        "synthesis:public_file": Call(address | {"format": "xlsx"}),
    }
