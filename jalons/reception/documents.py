"""What people are told beside the form; what was asked, as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.reception.models import Interest


def notice() -> str:
    """Before they give anything; its version is `NOTICE_VERSION`."""
    return _(
        "The resource centre of your région reads this to answer you, and nobody else "
        "does. Your name, your e-mail and your message are erased after one year, or "
        "as soon as you ask by the link of the mail; after a week if you do not "
        "confirm. What was asked for, with the organisation and the function, is kept "
        "three years."
    )


def header() -> list[str]:
    return [
        _("Told on"),
        _("Territory"),
        _("Wishes"),
        _("Organisation"),
        _("Function"),
        _("Name"),
        _("E-mail"),
        _("Message"),
        _("Answer before"),
        _("Answered on"),
    ]


def lines_of(rows: Iterable[Interest]) -> Iterator[list[object]]:
    for one in rows:
        contact = getattr(one, "contact", None)
        assert one.confirmed_at is not None
        yield [
            timezone.localtime(one.confirmed_at).date(),
            one.territory.name,
            " ; ".join(str(choice.label) for choice in one.choices),
            *(one.structure, one.function),
            *((contact.name, contact.email, contact.message) if contact else ("",) * 3),
            (one.exchange and one.exchange.next_on) or "",
            (one.exchange and one.exchange.next_done_on) or "",
        ]
