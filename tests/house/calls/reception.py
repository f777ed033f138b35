from __future__ import annotations

from jalons.reception.secrets import token_of
from tests.house.calls.call import Call, Side
from tests.reception.desk import confirmed, make_place


def calls(side: Side) -> dict[str, Call]:
    """Somebody who told the centre what interests them."""
    place = make_place(side.space, f"CC intéressée {side.mark}")
    interest = confirmed(place, f"sacha@{side.mark.lower()}.exemple.fr")
    centre = {"space_pk": side.space.pk}
    return {
        "reception:tell": Call(post={}),
        "reception:mine": Call(
            {"token": "A" * 32}, respondent={"token": token_of(interest)}
        ),
        "reception:write": Call(post={}),
        "reception:correspondent": Call(
            centre, post={"function": "Chargée de mission", "email": "a@exemple.fr"}
        ),
        "reception:remove_correspondent": Call(centre),
        "reception:list": Call(centre),
        "reception:export_csv": Call(centre),
        "reception:answered": Call(centre | {"pk": interest.pk}),
    }
