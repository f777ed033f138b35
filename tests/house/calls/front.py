from __future__ import annotations

from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    return {
        "front:language": Call(post={"language": "en", "next": "/"}),
        "front:pasted": Call(post={"html": "<b>Un</b>"}),
        "front:guide": Call({"name": "collectivite"}),
        "front:search": Call(query={"q": "exemple"}),
        "front:functions": Call({"space_pk": side.space.pk}),
        "front:territory": Call({"code": side.space.territory.pk}),
    }
