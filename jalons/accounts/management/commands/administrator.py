"""`jalons administrator EMAIL`: who may load figures and freeze indices on screen."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from jalons.accounts import operations


class Command(BaseCommand):
    help = "Name an administrator of this site, or take the right back."

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address with which the person signs in")
        parser.add_argument(
            "--remove", action="store_true", help="take the right back instead"
        )

    def handle(self, *, email, remove, **options):
        try:
            validate_email(email)
        except ValidationError as error:
            message = _("“%(email)s” is not an e-mail address.") % {"email": email}
            raise CommandError(message) from error
        user = operations.open_account(email)
        operations.set_administrator(user, not remove)
        said = (
            _("%(email)s is no longer an administrator.")
            if remove
            else _("%(email)s is an administrator: sign in with this address.")
        )
        self.stdout.write(said % {"email": user.email})
