"""By what colleagues of one organisation are recognised: the domain of their addresses,
and the SIREN that ProConnect says.

A sign counts in a space when an owner declared it and an owner carries it still: its
address, proved by a code, or its own identity of ProConnect. It is shown to owners and
lets nobody in. Addresses that anybody may open belong to no organisation.
"""

from __future__ import annotations

from dataclasses import dataclass

from jalons.accounts.models import User
from jalons.spaces.models import Mark, Space

# Of the French providers, of those met most in town halls, and of throw-away addresses.
_FREE = (
    "aliceadsl.fr aol.com aol.fr bbox.fr caramail.com club-internet.fr "
    "cegetel.net dbmail.com duck.com email.com fastmail.com fastmail.fm free.fr "
    "freesbee.fr gmx.com gmx.de gmx.fr gmx.net guerrillamail.com hey.com icloud.com "
    "infonie.fr laposte.net libertysurf.fr lycos.fr mac.com mail.com mail.ru "
    "mailbox.org mailinator.com mailo.com mailoo.org me.com msn.com neuf.fr noos.fr "
    "numericable.fr online.fr orange.fr outlook.com pm.me posteo.de posteo.net "
    "proton.me protonmail.com protonmail.ch netcourrier.com riseup.net sfr.fr "
    "skynet.be telenet.be tele2.fr tuta.com tutanota.com vivaldi.net voila.fr "
    "wanadoo.fr web.de worldonline.fr yandex.com yandex.ru yopmail.com yopmail.fr "
    "yopmail.net zaclys.net zoho.com zohomail.eu 9online.fr 10minutemail.com "
)
# The same name under each country: `yahoo.fr`, `hotmail.co.uk`.
_EVERYWHERE = "gmail googlemail hotmail live outlook rocketmail windowslive yahoo ymail"
FREE = frozenset(_FREE.split())
EVERYWHERE = frozenset(_EVERYWHERE.split())


@dataclass(frozen=True, slots=True)
class Sign:
    """A domain or a SIREN, as somebody carries it."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A sign that owners of a space carry, and whether the space declared it."""

    kind: str
    value: str
    carried_by: tuple[str, ...]
    is_declared: bool

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.value}"

    @property
    def counts(self) -> bool:
        return self.is_declared and bool(self.carried_by)


def domain_of(email: str) -> str:
    """What follows the @, when it may be an organisation's; else nothing.

    >>> domain_of("camille@mairie-exemple.fr")
    'mairie-exemple.fr'
    >>> domain_of("camille@orange.fr"), domain_of("camille@yahoo.co.uk")
    ('', '')
    """
    domain = email.rpartition("@")[2].strip().lower()
    labels = domain.split(".")
    tails = {".".join(labels[at:]) for at in range(len(labels))}
    is_anybodys = bool(tails & FREE) or bool(EVERYWHERE & set(labels[:-1]))
    return "" if is_anybodys or len(labels) < 2 else domain


def signs_of(user: User) -> set[Sign]:
    """What this person carries, each proved when they signed in."""
    domain = domain_of(user.email)
    found = {Sign(Mark.Kind.DOMAIN, domain)} if domain else set()
    sirens = {one.siren for one in user.identities.all() if one.siren}
    return found | {Sign(Mark.Kind.SIREN, siren) for siren in sirens}


def carried_in(space: Space) -> dict[Sign, list[str]]:
    """The signs of the owners of a space, and who carries each."""
    found: dict[Sign, list[str]] = {}
    owners = space.memberships.owners().prefetch_related("user__identities")
    for one in owners.order_by("pk"):
        for sign in sorted(signs_of(one.user), key=lambda sign: sign.value):
            found.setdefault(sign, []).append(str(one.user))
    return found


def offered_in(space: Space) -> list[Offered]:
    """What the owners may declare, and what they declared, still carried or not."""
    carried = carried_in(space)
    declared = {Sign(mark.kind, mark.value) for mark in space.marks.all()}
    every = sorted(declared | set(carried), key=lambda sign: (sign.kind, sign.value))
    return [
        Offered(sign.kind, sign.value, tuple(carried.get(sign, ())), sign in declared)
        for sign in every
    ]


def shared_with(space: Space, user: User) -> list[Sign]:
    """By what this person is of the same organisation as the team; often nothing."""
    declared = {Sign(mark.kind, mark.value) for mark in space.marks.all()}
    found = declared & signs_of(user)
    if found:
        found &= set(carried_in(space))
    return sorted(found, key=lambda sign: (sign.kind, sign.value))


def recognising(user: User) -> list[int]:
    """The numbers of the spaces that recognise this person as one of theirs."""
    signs = signs_of(user)
    marks = Mark.objects.filter(value__in=[sign.value for sign in signs])
    near = Space.objects.filter(pk__in=marks.values("space"))
    return [space.pk for space in near if shared_with(space, user)]
