"""A survey for the servers that benchmarks start, and what they kept: `python -m`.

`make` prints the code of its territory; `rows` the answers sent, by key; `mails N` asks
for N mails; `mailed` says how they stand.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import Count  # noqa: E402

from benchmarks.respondents import SLUG  # noqa: E402
from jalons.mail.models import Message  # noqa: E402
from jalons.mail.tasks import deliver  # noqa: E402
from jalons.surveys.models import Response  # noqa: E402
from tests.factories import make_campaign  # noqa: E402

REASON = "bench"


@transaction.atomic
def make() -> str:
    campaign = make_campaign(slug=SLUG)
    territory = campaign.territories.get()
    return str(territory.pk)


def rows() -> list[tuple[str, int]]:
    sent = Response.objects.exclude(submitted_at=None)
    found = sent.values_list("key").annotate(n=Count("pk")).order_by()
    return [(str(key), n) for key, n in found]


def mails(count: int) -> int:
    """So many mails more, each with its task and its own recipient."""
    first = Message.objects.filter(reason=REASON).count()
    for number in range(first, first + count):
        with transaction.atomic():
            one = Message.objects.create(
                reason=REASON,
                recipient=f"{number}@exemple.fr",
                subject=f"Courriel {number}",
                text="Bonjour",
            )
            deliver.enqueue(one.pk)
    return count


def mailed() -> dict[str, int]:
    """How many stand in each state, and how many left more than once."""
    states = Message.objects.filter(reason=REASON).values_list("state")
    found = dict(states.annotate(n=Count("pk")).order_by())
    left: Counter[str] = Counter()
    for path in settings.EMAIL_FILE_PATH.glob("*.log"):
        lines = path.read_text(errors="replace").splitlines()
        left.update(line for line in lines if line.startswith("To: "))
    return found | {"left": len(left), "twice": sum(n > 1 for n in left.values())}


if __name__ == "__main__":
    does = {"make": make, "rows": rows, "mailed": mailed}
    word, *others = sys.argv[1:]
    print(json.dumps(mails(int(others[0])) if others else does[word]()))
