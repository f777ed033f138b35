"""What the site may say of its own accessibility, under every page.

Every page says it, so a process keeps the answer for some seconds in its own memory
(records 0078 and 0104). Nothing but an audit made by people changes it: tests never do.
"""

from __future__ import annotations

from django.core.cache import caches
from django.utils import timezone

from jalons.statements.models import Audit, Level, Plan

KEY = "accessibility-mention"
SECONDS = 3


def mention() -> Level:
    """The level that may be said: that of the audit that counts today."""
    memory = caches["memory"]
    found: Level | None = memory.get(KEY)
    if found is None:
        audit = standing_audit()
        found = audit.level if audit else Level.NONE
        memory.set(KEY, found, SECONDS)
    return found


def forget() -> None:
    """What this process remembers is no longer true; the others soon forget it."""
    caches["memory"].delete(KEY)


def standing_audit() -> Audit | None:
    """The audit that counts today."""
    found: Audit | None = Audit.objects.standing(on=timezone.localdate()).first()
    return found


def plan_of_the_host() -> Plan | None:
    found: Plan | None = Plan.objects.filter(
        space__host__isnull=False, space__recognised_at__isnull=False
    ).first()
    return found
