"""Audits made by people, and the plan of the host."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.spaces.models import Space
from jalons.statements import figures
from jalons.statements.models import Audit, Plan


@transaction.atomic
def record_audit(space: Space, values: Mapping[str, object], *, by: User) -> Audit:
    """From now on the mention under every page is the one of this audit."""
    made: Audit = Audit.objects.create(
        space=space, recorded_at=timezone.now(), recorded_by=by, **values
    )
    audit.record("statement.audited", made, by=by)
    transaction.on_commit(figures.forget)
    return made


@transaction.atomic
def withdraw_audit(made: Audit, *, by: User) -> None:
    """It counts no more; its line stays, for whoever runs the site."""
    waiting = Audit.objects.filter(pk=made.pk, withdrawn_at=None)
    if not waiting.update(withdrawn_at=timezone.now(), withdrawn_by=by):
        return
    audit.record("statement.audit_withdrawn", made, by=by)
    transaction.on_commit(figures.forget)


@transaction.atomic
def write_plan(space: Space, values: Mapping[str, object], *, by: User) -> Plan:
    """The plan that everybody reads, in place of the one proposed."""
    written = {"written_at": timezone.now(), "written_by": by}
    made, _created = Plan.objects.update_or_create(
        space=space, defaults={**values, **written}
    )
    audit.record("statement.planned", made, by=by)
    return made
