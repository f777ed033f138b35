"""What the site may say of its own accessibility, under every page.

Every page says it, so a process keeps the answer for some seconds in its own memory
(records 0078 and 0104). Nothing but an audit made by people changes it: tests never do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.cache import caches
from django.utils import timezone

from jalons.statements.models import Audit, Level, Plan

KEY = "accessibility-mention"
SECONDS = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """The level that may be said, and the day of the audit it comes from."""

    level: Level = Level.NONE
    audited_on: date | None = None


def mention() -> Mention:
    memory = caches["memory"]
    found: Mention | None = memory.get(KEY)
    if found is None:
        found = _read()
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


def _read() -> Mention:
    audit = standing_audit()
    return Mention(audit.level, audit.held_on) if audit else Mention()
