"""One mail that waits, for the worker that a test kills: `python -m`."""

from __future__ import annotations

import django

django.setup()

from django.db import transaction  # noqa: E402

from jalons.mail.operations import Letter, queue_letter  # noqa: E402


def main() -> None:
    letter = Letter("Une invitation", "Bonjour,\n", unsubscribe_url="https://a.fr/x/")
    with transaction.atomic():
        queue_letter("trial", "sacha@exemple.fr", letter)


if __name__ == "__main__":
    main()
