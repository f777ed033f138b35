"""How long a professional's contact is kept: informed, asked again, then let go.

Counted in days from plain dates, so that a test moves the clock and nothing else.

* Informed within a month of being noted (GDPR, art. 14); if not, kept no longer.
* Once informed or confirmed, kept two years; asked again after one year.
* Who confirms starts again; who does not answer is erased at the end of two years.
"""

from __future__ import annotations

from datetime import date, timedelta

INFORM_WITHIN = timedelta(days=30)
ASK_AFTER = timedelta(days=365)
KEPT = timedelta(days=730)


def kept_until(noted_on: date, heard_on: date | None) -> date:
    """The last day of a contact noted one day, and last told or confirmed another."""
    return noted_on + INFORM_WITHIN if heard_on is None else heard_on + KEPT


def is_to_ask(heard_on: date | None, asked_on: date | None, today: date) -> bool:
    """Whether a year has passed since it was heard, without having been asked since."""
    if heard_on is None or today < heard_on + ASK_AFTER:
        return False
    return asked_on is None or asked_on < heard_on + ASK_AFTER
