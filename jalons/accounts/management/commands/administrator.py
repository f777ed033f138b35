"""`jalons administrator EMAIL`: who may load figures and freeze indices on screen."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.accounts import operations
from jalons.accounts.models import User


class Command(BaseCommand):
    help = "Name an administrator of this site, or take the right back."

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address with which the person signs in")
        parser.add_argument(
            "--remove", action="store_true", help="take the right back instead"
        )

    def handle(self, *, email, remove, **options):
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            message = _(
                "Nobody has signed in as “%(email)s” yet: sign in once with this "
                "address, then give this command again."
            )
            raise CommandError(message % {"email": email})
        operations.set_administrator(user, not remove, by=None)
        said = (
            _("%(email)s is no longer an administrator.")
            if remove
            else _("%(email)s is an administrator.")
        )
        self.stdout.write(said % {"email": user.email})
