from __future__ import annotations

from jalons.digests.models import Subscription
from jalons.digests.secrets import stop_token
from jalons.digests.sections import SECTIONS
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """The mails of the owner, stopped by their link."""
    mails, _is_new = Subscription.objects.get_or_create(
        user=side.owner, defaults={"rhythm": "week"}
    )
    kept = [one.code for one in SECTIONS]
    chosen = {"rhythm": "week", "language": "fr", "sections": kept}
    return {
        "digests:mine": Call(post=chosen),
        "digests:preview": Call(),
        "digests:stop": Call(
            {"token": "A" * 32}, respondent={"token": stop_token(mails.key)}
        ),
    }
