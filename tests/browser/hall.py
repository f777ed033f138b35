"""The project officer and her team, alone on a site: `python -m`."""

from __future__ import annotations

import django

django.setup()

from django.conf import settings  # noqa: E402

from tests.factories import make_space, make_user  # noqa: E402


def main() -> None:
    make_space(owner=make_user("Chargée de mission", settings.DEMO_EMAIL))


if __name__ == "__main__":
    main()
