from __future__ import annotations

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import User
from jalons.accounts.proof import PROVED


def sign_in(client: Client, user: User) -> None:
    """Be this person, who has just proved that they are there."""
    client.force_login(user)
    session = client.session
    session[PROVED] = timezone.now().isoformat()
    session.save()


def asks_for_a_proof(response) -> bool:
    """Whether the page that answers leads to the proof, the form given back or not."""
    where = response.get("Location") or response.content.decode()
    return f"{reverse('account_prove')}?next=" in where
