from __future__ import annotations

from jalons.live import access
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A channel: only the word given to a page opens it, whoever one is."""
    call = Call(
        {"secret": "AAAAAAAAAAAAAAAAAAAAAA"},
        respondent={"secret": access.secret_for(side.mark, "pocket")},
    )
    return {"live:stream": call, "live:since": call}
