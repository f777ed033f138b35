"""What commands that write into a space share."""

from __future__ import annotations

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.spaces.access import find_editor
from jalons.spaces.models import Space


def space_and_editor(pk: int, email: str) -> tuple[Space, User]:
    """The space of that number, and somebody who may write in it."""
    space = Space.objects.select_related("territory").filter(pk=pk).first()
    if space is None:
        raise CommandError(_("No space has this number."))
    user = find_editor(email, pk)
    if user is None:
        raise CommandError(_("This address is not that of an editor of the space."))
    return space, user
