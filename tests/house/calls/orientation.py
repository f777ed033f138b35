from __future__ import annotations

from jalons.orientation import operations
from jalons.orientation.operations import Prepared
from jalons.orientation.secrets import secret_of
from tests.directory.places import make_place
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A slip that leads to a public place; its link is held by the place alone."""
    place = make_place(mailboxes=["contact@exemple.fr"], name=f"Lieu {side.mark}")
    slip = operations.make_slip(side.space, place, Prepared(), by=side.owner)
    assert slip.key is not None
    space, one = {"space_pk": side.space.pk}, {"pk": slip.pk}
    guessed, mine = {"secret": "A" * 22}, {"secret": secret_of(slip.key)}
    return {
        "orientation:choose": Call({"pk": place.pk}),
        "orientation:list": Call(space),
        "orientation:create": Call(space, query={"lieu": place.pk}),
        "orientation:counts": Call(space),
        "orientation:counts_csv": Call(space),
        "orientation:show": Call(one),
        "orientation:pdf": Call(one),
        "orientation:send": Call(one),
        "orientation:cancel": Call(one),
        "orientation:answer": Call(guessed, post={"state": "came"}, respondent=mine),
    }
