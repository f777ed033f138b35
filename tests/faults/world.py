"""A small survey for the servers that tests start and kill: `python -m`."""

from __future__ import annotations

import django

django.setup()

from django.db import transaction  # noqa: E402

from tests.factories import make_campaign  # noqa: E402


def main() -> None:
    with transaction.atomic():
        make_campaign(slug="enquete")


if __name__ == "__main__":
    main()
