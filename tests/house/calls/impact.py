from __future__ import annotations

from datetime import date

from jalons.impact.secrets import card_token
from tests.evaluation.plans import make_evaluation
from tests.house.calls.call import Call, Side
from tests.impact.pages import make_card, make_page, make_story, publishes
from tests.roadmaps.plans import make_roadmap


def calls(side: Side) -> dict[str, Call]:
    """A public impact page with a story that its teller allows."""
    owner, mark = side.owner, side.mark
    roadmap = make_roadmap(side.space, by=owner, title=f"Impact {mark}")
    evaluation = make_evaluation(roadmap, "O1", by=owner)
    page = make_page(roadmap, by=owner, done=f"Un bus {mark}.")
    story = make_story(evaluation, by=owner, text=f"J’ose {mark}.")
    card = make_card(page, story, by=owner)
    public = publishes(page, by=owner)
    one, today = {"pk": roadmap.pk}, date.today().isoformat()
    words = {"since": "2025-07-01", "until": "2026-06-30", "done": "x", "failed": "y"}
    agreed = {"agreed_on": today, "agreed_how": "aloud", "is_agreed": "on"}
    return {
        "impact:show": Call(one),
        "impact:write": Call(one, post=words | {"version": "1"}),
        "impact:stories": Call(one, post={"take_back": card.pk}),
        "impact:agree": Call(one | {"story_pk": story.pk}, post=agreed),
        "impact:file": Call(one | {"format": "json"}),
        "impact:publish": Call(one, post={"public_on": today}),
        "impact:withdraw": Call(one, post={"reason": "Une erreur"}),
        "impact:take_back": Call({"token": card_token(card.key)}, post={}),
        "impact:public_list": Call(),
        "impact:public": Call({"slug": public.slug}),
        "impact:public_file": Call({"slug": public.slug, "format": "json"}),
    }
