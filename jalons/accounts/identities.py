"""The identities of ProConnect by which a person signs in, and how one is linked.

An identity is linked to an account by a code sent to the address that ProConnect says,
and by nothing else: whoever runs a provider of identities may say any address. Once
linked, the subject alone tells the account; an address that changes there moves nobody.
"""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from jalons.accounts.models import Identity, User
from jalons.accounts.proconnect import Agent
from jalons.audit import operations as audit
from jalons.mail import operations as mail

WAITING = "identity_waiting"
# What ProConnect asks back when one signs out.
HINT = "proconnect_hint"


def owner_of(agent: Agent) -> User | None:
    """The account that this identity opens, if it is linked."""
    identity = (
        Identity.objects.filter(issuer=agent.issuer, subject=agent.subject)
        .select_related("user")
        .first()
    )
    return identity.user if identity else None


def note_organisation(agent: Agent) -> None:
    """For whom they sign in today: whoever changed organisation no longer says it."""
    known = Identity.objects.filter(issuer=agent.issuer, subject=agent.subject)
    known.exclude(siren=agent.siren).update(siren=agent.siren)


def keep_waiting(request: HttpRequest, agent: Agent) -> None:
    """Remember the identity until the code sent to its address is typed."""
    request.session[WAITING] = {
        "issuer": agent.issuer,
        "subject": agent.subject,
        "email": agent.email,
        "name": agent.name,
        "token": agent.token,
        "siren": agent.siren,
    }


def forget_waiting(request: HttpRequest) -> None:
    request.session.pop(WAITING, None)


def link_waiting(request: HttpRequest, user: User, *, proved: str) -> None:
    """Link the identity that waits, if the address just proved is the one it says."""
    waiting = request.session.pop(WAITING, None)
    if not waiting or waiting["email"] != proved.strip().lower():
        return
    known = {"issuer": waiting["issuer"], "subject": waiting["subject"]}
    if _link(user, known, waiting.get("siren", "")):
        request.session[HINT] = waiting["token"]
        if not user.name and waiting["name"]:
            user.name = waiting["name"][:120]
            user.save(update_fields=["name"])


@transaction.atomic
def _link(user: User, known: dict[str, str], siren: str) -> bool:
    identity, is_new = Identity.objects.get_or_create(
        **known, defaults={"user": user, "siren": siren}
    )
    if is_new:
        audit.record("account.identity_linked", user, by=user)
        told = {"at": timezone.now()}
        mail.queue("identity-linked", user.email, period=str(identity.pk), context=told)
    return identity.user_id == user.pk


@transaction.atomic
def unlink(identity: Identity, *, by: User) -> None:
    told = {"at": timezone.now()}
    mail.queue("identity-unlinked", by.email, period=str(identity.pk), context=told)
    identity.delete()
    audit.record("account.identity_unlinked", by, by=by)
