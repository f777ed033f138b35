"""A resource centre that answers for a site of several machines: `python -m`.

Prints the number of its space; `letter N` has its letter sent to N people.
"""

from __future__ import annotations

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from jalons.gazette.models import NOTICE_VERSION, Letter, Subscriber  # noqa: E402
from jalons.gazette.sending import send_letter, write_letter  # noqa: E402
from jalons.hosts.operations import name_host  # noqa: E402
from jalons.spaces.models import Space  # noqa: E402
from jalons.territories.models import Territory  # noqa: E402
from tests.directory.places import make_commune  # noqa: E402
from tests.factories import make_space, make_territory, make_user  # noqa: E402

OWNER = "amina@exemple.fr"


def make() -> Space:
    make_commune()
    region = make_territory("Région d’Exemple", kind=Territory.Kind.REGION, code="R99")
    space = make_space(territory=region, owner=make_user("Amina", OWNER))
    space.kind = Space.Kind.RESOURCE_CENTRE
    space.save()
    name_host(space, by=None)
    return space


def send_to(space: Space, count: int) -> None:
    owner = space.memberships.get().user
    now = timezone.now()
    Subscriber.objects.bulk_create(
        Subscriber(
            space=space,
            email=f"{number}@exemple.fr",
            language="fr",
            notice_version=NOTICE_VERSION,
            confirmed_at=now,
            kept_until=now.date(),
        )
        for number in range(1, count + 1)
    )
    letter = Letter(space=space, title="La lettre", text="Bonjour.")
    send_letter(write_letter(letter, by=owner), by=owner)


def main(*words: str) -> None:
    with transaction.atomic():
        space = Space.objects.first() or make()
        if words:
            send_to(space, int(words[1]))
    print(space.pk)


if __name__ == "__main__":
    main(*sys.argv[1:])
