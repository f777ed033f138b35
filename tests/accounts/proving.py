from __future__ import annotations

from django.test import Client
from django.utils import timezone

from jalons.accounts.models import User
from jalons.accounts.proof import PROVED


def sign_in(client: Client, user: User) -> None:
    """Be this person, who has just proved that they are there."""
    client.force_login(user)
    session = client.session
    session[PROVED] = timezone.now().isoformat()
    session.save()
