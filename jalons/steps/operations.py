from __future__ import annotations

from django.db import transaction

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.roadmaps.models import Roadmap
from jalons.steps.definitions import read_method
from jalons.steps.models import Statement


class IsChecked(Exception):
    """What real objects show is not ticked: it can only be set apart."""


@transaction.atomic
def state_criterion(
    roadmap: Roadmap, criterion: str, kind: str, reason: str, *, by: User
) -> Statement:
    """Say that a criterion holds, or that it is not for this roadmap, and why.

    Raises IsChecked.
    """
    if kind == Statement.Kind.HOLDS and read_method().criteria[criterion].is_checked:
        raise IsChecked(criterion)
    said: Statement
    said, _is_new = Statement.objects.update_or_create(
        roadmap=roadmap,
        criterion=criterion,
        defaults={"kind": kind, "reason": reason, "said_by": by},
    )
    _note("criterion.stated", said, by)
    return said


@transaction.atomic
def withdraw_statement(roadmap: Roadmap, criterion: str, *, by: User) -> None:
    """Open the criterion again."""
    said = Statement.objects.filter(roadmap=roadmap, criterion=criterion).first()
    if said is not None:
        _note("criterion.withdrawn", said, by)
        said.delete()


def _note(verb: str, said: Statement, by: User) -> None:
    details = {"kind": said.kind, "roadmap": said.roadmap_id}
    audit.record(verb, said, by=by, space_id=said.roadmap.space_id, details=details)
