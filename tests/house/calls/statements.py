from __future__ import annotations

from django.utils import timezone

from jalons.statements.models import Audit
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """An audit of each side; the space that hosts the site is that of `hosts`."""
    now = timezone.now()
    said = {
        "held_on": timezone.localdate(),
        "auditor": f"Cabinet {side.mark}",
        "rate": "74.5",
        "sample": "Accueil",
        "faults": "Une carte",
    }
    made = Audit.objects.create(space=side.space, recorded_at=now, **said)
    return {
        "statements:audits": Call(post=said),
        "statements:withdraw": Call({"pk": made.pk}),
        "statements:write_plan": Call(
            post={"first_year": 2026, "means": "Une référente", "actions": "Auditer"}
        ),
    }
