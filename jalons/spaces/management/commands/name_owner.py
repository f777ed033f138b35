"""`jalons name-owner`: an owner for a team whose owners are gone."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.spaces import ownership
from jalons.spaces.forms import OwnerForm
from jalons.spaces.models import Space


class Command(BaseCommand):
    help = "List the teams whose owners are gone, or name an owner of one."

    def add_arguments(self, parser):
        parser.add_argument(
            "space", nargs="?", type=int, help="the team, by its number"
        )
        parser.add_argument("email", nargs="?", default="", help="who becomes owner")
        parser.add_argument("--reason", default="", help="how you know that they left")
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--json", action="store_true", help="a JSON report")

    def handle(self, *, space, email, reason, dry_run, json: bool, **options):
        if space is None:
            self.stdout.write(_listed(as_json=json))
            return
        found = Space.objects.filter(pk=space).first()
        if found is None:
            raise CommandError(_("No team has this number."))
        member = _named(found, email, reason, dry_run)
        report = {"dry_run": dry_run, "space": found.pk, "account": member.user_id}
        words = _("Account %(account)d is an owner of the space %(space)d.")
        self.stdout.write(_dumped(report) if json else words % report)


def _listed(*, as_json: bool) -> str:
    spaces = [*ownership.without_owner(timezone.now())]
    if as_json:
        return _dumped({"without_owner": [space.pk for space in spaces]})
    lines = [f"{space.pk}\t{space.name} ({space.territory.name})" for space in spaces]
    return "\n".join(lines or [_("None: each team has an owner who came lately.")])


def _named(space: Space, email: str, reason: str, dry_run: bool):
    form = OwnerForm({"email": email, "reason": reason})
    if not form.is_valid():
        raise CommandError("; ".join(_faults(form)))
    try:
        with transaction.atomic():
            member = ownership.name_owner(space, **form.cleaned_data, by=None)
            transaction.set_rollback(dry_run)
    except ownership.OwnerPresent as error:
        message = _("An owner of this team came lately: it is theirs to name another.")
        raise CommandError(message) from error
    except ownership.NotAColleague as error:
        message = _("This address is not one that may be named.")
        raise CommandError(message) from error
    return member


def _faults(form: OwnerForm) -> list[str]:
    return [
        f"{name}: {fault}" for name, faults in form.errors.items() for fault in faults
    ]


def _dumped(report: dict) -> str:
    return json.dumps(report, indent=2)
