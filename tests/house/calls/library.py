from __future__ import annotations

from jalons.library import operations, witnesses
from jalons.library.definitions import Content
from jalons.library.models import Sheet
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A sheet that everybody reads, its contact, and what its owner follows."""
    content = Content(title=f"Fiche {side.mark}", summary="Un résumé")
    new = operations.New(Sheet.Kind.LANDMARK, side.space)
    sheet = operations.create_sheet(new, content, by=side.owner)
    operations.publish_sheet(sheet, by=side.owner)
    asked = {"name": "Sacha", "role": "", "email": "sacha@exemple.fr"}
    witness = witnesses.ask_witness(sheet, by=side.owner, **asked)
    followed = operations.follow(side.owner, tag="theme:health")
    space = {"space_pk": side.space.pk}
    own = space | {"pk": sheet.pk}
    version = own | {"number": 1}
    said = {"kind": "landmark", "title": "Fiche", "summary": "Un résumé"}
    token = witnesses.SIGNER.sign(witness.key.hex)
    return {
        "library:show": Call({"code": sheet.code}),
        "community:about": Call({"code": sheet.code}),
        "library:desk": Call(space),
        "library:add": Call(space, post=said),
        "library:own": Call(own),
        "library:edit": Call(own, post=said),
        "library:publish": Call(own),
        "library:withdraw": Call(own),
        "library:edition": Call(version),
        "library:restore": Call(version),
        "library:ask_witness": Call(own, post=asked),
        "library:follow": Call(post={"theme": "theme:culture"}),
        "library:unfollow": Call({"pk": followed.pk}),
        "library:agreement": Call({"token": "A" * 32}, respondent={"token": token}),
    }
