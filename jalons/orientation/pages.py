"""One slip in its three forms: the page, the A5 sheet, the text message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.documents.card import Card, Part, make_card
from jalons.documents.words import date_format
from jalons.orientation.models import Slip
from jalons.orientation.operations import address_of
from jalons.orientation.secrets import reference_of
from jalons.orientation.texting import Piece, text_message
from jalons.orientation.wording import Reading, reading_of


def pdf(slip: Slip, today: date) -> HttpResponse:
    shown = reading_of(slip, today)
    card = Card(
        title=shown.title,
        author=slip.space.name,
        language=(get_language() or "fr").split("-")[0],
        parts=tuple(_parts(shown)),
        foot=foot_of(slip),
        address=address_of(slip),
        address_words=_("For the place: say here that the person came."),
        watermark=_("SIMULATED") if shown.is_simulated else "",
    )
    response = HttpResponse(make_card(card), content_type="application/pdf")
    name = content_disposition_header(False, "fiche-orientation.pdf")
    response.headers["Content-Disposition"] = name or "inline"
    return response


def foot_of(slip: Slip) -> str:
    said = {
        "day": date_format(slip.made_on, "j F Y"),
        "space": slip.space.name,
        "reference": reference_of(slip.key) if slip.key else "–",
    }
    return _("Slip %(reference)s, prepared on %(day)s by %(space)s.") % said


def message(slip: Slip, today: date) -> str:
    """The text to send by telephone; what matters least is left out first."""
    shown = reading_of(slip, today)
    hours, phones = (
        " ; ".join(shown.hours) or shown.hours_note,
        " / ".join(shown.phones),
    )
    pieces = [
        Piece(_("SIMULATED") if shown.is_simulated else "", 0),
        Piece(shown.title, 0),
        Piece(", ".join(shown.address), 1),
        Piece(shown.moment, 2),
        Piece(_said(_("Tel. %(it)s"), phones), 3),
        Piece(hours, 6 if shown.moment else 3),
        Piece(_said(_("Ask for: %(it)s"), shown.ask_for), 4),
        Piece(_said(_("Bring: %(it)s"), " ; ".join(shown.items)), 5),
        Piece(shown.way, 5),
    ]
    return text_message(pieces)


def _said(sentence: str, it: str) -> str:
    return sentence % {"it": it} if it else ""


def _parts(shown: Reading) -> Iterator[Part]:
    if shown.moment:
        yield Part(_("Your visit"), (shown.moment,), is_strong=True)
    if shown.need:
        yield Part(_("What for?"), (shown.need,))
    yield Part(_("Where?"), (*shown.address, shown.way))
    when = (*shown.hours, shown.hours_note)
    yield Part(_("Opening hours"), when)
    if shown.ask_for:
        yield Part(_("Whom to ask for?"), (shown.ask_for,))
    if shown.items:
        yield Part(_("What to bring?"), tuple(shown.items), is_list=True)
    if shown.advice or shown.phones:
        numbers = [_("Telephone: %(number)s") % {"number": n} for n in shown.phones]
        yield Part(_("Before you come"), (*shown.advice, *numbers))
