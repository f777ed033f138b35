"""A field survey on the files of a site, with two surveyors: says their codes.

Run as a command beside the web process: `python -m tests.browser.field_round TITLE`.
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

from jalons.rounds.enrolment import code_of, secret_of  # noqa: E402
from jalons.rounds.models import Round  # noqa: E402
from jalons.territories.models import Territory  # noqa: E402
from tests import factories  # noqa: E402
from tests.factories import make_round, make_surveyor, make_territory  # noqa: E402


def main() -> None:
    # Another process numbers anew: nothing must bear the numbers of the first.
    factories.start_at(1000 * Round.objects.count())
    names = ("Bellefont", "Pierrefiche")
    communes = [make_territory(one, Territory.Kind.COMMUNE) for one in names]
    round = make_round(*communes, title=sys.argv[1])
    said = {
        alias: {"code": code_of(one), "secret": secret_of(one), "pk": one.pk}
        for alias, one in ((a, make_surveyor(round, a)) for a in ("Samira", "Lou"))
    }
    print(json.dumps({"number": round.pk, **said}))


main()
