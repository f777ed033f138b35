from __future__ import annotations

from jalons.gazette import sending
from jalons.gazette.secrets import token_of
from tests.gazette.press import confirmed, make_article, make_letter
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """An article that everybody reads, a letter that left, a draft, a subscriber."""
    mark = side.mark
    article = make_article(side.space, f"Article {mark}", by=side.owner)
    letter = make_letter(side.space, f"Lettre {mark}", by=side.owner)
    sending.send_letter(letter, by=side.owner)
    draft = make_letter(side.space, f"Brouillon {mark}", by=side.owner)
    one = confirmed(side.space, f"abonne@{mark.lower()}.exemple.fr")
    space, public = {"space_pk": side.space.pk}, {"pk": article.pk}
    here, there = space | public, space | {"pk": draft.pk}
    guess, mine = {"token": "A" * 32}, {"token": token_of(one)}
    told = {"title": "Autre", "summary": "Deux phrases.", "text": "Bonjour"}
    return {
        "gazette:show": Call(public),
        "gazette:picture": Call(public),
        "gazette:letter": Call({"pk": letter.pk}),
        "gazette:subscribe": Call(post={}),
        "gazette:confirm": Call(guess, respondent=mine),
        "gazette:stop": Call(guess, respondent=mine),
        "gazette:desk": Call(space),
        "gazette:add": Call(space, post=told),
        "gazette:compose": Call(space, post={"title": "Lettre", "text": "Bonjour"}),
        "gazette:own_letter": Call(there),
        "gazette:edit_letter": Call(there, post={"title": "Lettre", "text": "Oui"}),
        "gazette:send": Call(there),
        "gazette:preview": Call(here),
        "gazette:edit": Call(here, post=told),
        "gazette:draft_picture": Call(here),
        "gazette:publish": Call(here),
        "gazette:withdraw": Call(here),
        "gazette:edition": Call(here | {"number": 1}),
    }
