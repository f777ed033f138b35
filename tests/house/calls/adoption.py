from __future__ import annotations

from datetime import date
from uuid import uuid4

from jalons.adoption import operations
from tests.adoption.pictures import puts
from tests.adoption.versions import adopts, publishes
from tests.house.calls.call import Call, Side
from tests.roadmaps.plans import make_roadmap, make_stake


def calls(side: Side) -> dict[str, Call]:
    """The document of a roadmap, one of its parts."""
    roadmap = make_roadmap(side.space, by=side.owner, title=f"Document {side.mark}")
    make_stake(roadmap, f"Comment lire {side.mark} ?", by=side.owner)
    one = {"pk": roadmap.pk}
    logo = puts(roadmap, by=side.owner)
    named = one | {"logo_pk": logo.pk}
    said = {"words": "Merci.", "is_shown": "on", "version": 1, "written_from": uuid4()}
    frozen, other = (
        operations.freeze_version(roadmap, f"Version {side.mark}", by=side.owner)
        for _turn in range(2)
    )
    adopts(other, by=side.owner)
    public = publishes(frozen, by=side.owner)
    at = one | {"number": frozen.number}
    noted = one | {"number": other.number}
    today = date.today().isoformat()
    adopted = {"body": "Conseil", "adopted_on": today, "deliberation": "12"}
    return {
        "adoption:show": Call(one),
        "adoption:read": Call(one),
        "adoption:file": Call(one | {"format": "docx"}),
        "adoption:move": Call(one, post={"down": "course"}),
        "adoption:part": Call(one | {"code": "thanks"}, post=said),
        "adoption:logos": Call(one, post={"alt": "Région"}),
        "adoption:unlogo": Call(named, post={}),
        "adoption:logo": Call(named),
        "adoption:freeze": Call(one, post={"title": "Envoyée"}),
        "adoption:version": Call(at),
        "adoption:version_file": Call(at | {"format": "docx"}),
        "adoption:deliberation": Call(at | {"format": "docx"}),
        "adoption:one_page": Call(at | {"format": "docx"}),
        "adoption:compared": Call(at | {"other": other.number}),
        "adoption:adopt": Call(at, post=adopted),
        "adoption:take_back": Call(noted, post={}),
        "adoption:publish": Call(at, post={"public_on": today}),
        "adoption:licence": Call(one, post={"licence": "etalab-2.0"}),
        "adoption:withdraw": Call(one, post={"reason": "Une erreur"}),
        "adoption:public_list": Call({}),
        "adoption:public": Call({"slug": public.slug}),
        "adoption:public_logo": Call({"slug": public.slug, "rank": 0}),
        "adoption:public_file": Call({"slug": public.slug, "format": "docx"}),
    }
