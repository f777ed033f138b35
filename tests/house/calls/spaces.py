from __future__ import annotations

from jalons.spaces.joining import ask
from jalons.spaces.operations import invite
from tests.factories import make_space, make_user
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    space, territory = side.space, side.space.territory
    invitation, secret = invite(
        space, by=side.owner, email=f"{side.mark}@exemple.fr", role="reader"
    )
    here = {"pk": space.pk}
    asked = ask(space, by=make_user(f"Demande {side.mark}"), word=side.mark)
    asking = here | {"request_pk": asked.pk}
    alone = make_space(territory=territory, reader=side.people["reader"])
    of_reader = here | {"member_pk": space.memberships.get(role="reader").pk}
    pending = here | {"invitation_pk": invitation.pk}
    return {
        "spaces:create": Call(
            query={"territoire": territory.pk}, post={"name": "Autre équipe"}
        ),
        **{f"spaces:{n}": Call(here) for n in ("recognise", "unrecognise")},
        "front:space": Call(here),
        "spaces:team": Call(here),
        "spaces:rename": Call(here, post={"name": "Nom changé"}),
        "spaces:journal": Call(here),
        "spaces:invite": Call(
            here, post={"email": "nouvelle@exemple.fr", "role": "owner"}
        ),
        "spaces:renew": Call(pending),
        "spaces:cancel": Call(pending),
        "spaces:member": Call(of_reader, post={"role": "editor"}),
        "spaces:remove": Call(of_reader),
        "spaces:leave": Call(here),
        "spaces:name_owner": Call(
            {"pk": alone.pk},
            post={"email": side.people["reader"].email, "reason": "Elle est partie."},
        ),
        "spaces:ask": Call(here, post={"word": "Bonjour"}),
        "spaces:withdraw": Call({"request_pk": asked.pk}),
        "spaces:answer": Call(asking, post={"role": "reader"}),
        "spaces:refuse": Call(asking, post={"answer": "Non"}),
        "spaces:signs": Call(here),
        "spaces:accept": Call({"secret": secret}),
    }
