"""The register of processing (GDPR, art. 30), read from the models themselves."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.privacy.declarations import Criterion, PersonalData, declared_models

DAYS_IN_A_YEAR = 365
DAYS_IN_A_MONTH = 30


@dataclass(frozen=True, slots=True)
class Processing:
    """One line of the register, in the words and language of the reader."""

    model: str
    purpose: str
    subject: str
    held: str
    legal_basis: str
    kept: str
    ending: str
    is_purged: bool
    recipients: str
    criteria: tuple[Criterion, ...]


def register() -> list[Processing]:
    """Every use of personal data that this installation makes, by purpose."""
    lines = [_processing(model, declared) for model, declared in declared_models()]
    return sorted(lines, key=lambda line: (line.purpose, line.model))


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why data are kept, with a line for each table that serves it."""

    code: str
    title: str
    lines: tuple[Processing, ...]

    def serves(self, model: str) -> bool:
        """Whether this table is kept for it."""
        return any(line.model == model for line in self.lines)

    @property
    def subjects(self) -> list[str]:
        """Whom it concerns, each said once."""
        return list(dict.fromkeys(line.subject for line in self.lines))


def purposes() -> list[Purpose]:
    """The register by purpose; the code is the same in every language."""
    found = itertools.groupby(register(), key=lambda line: line.purpose)
    grouped = [(title, tuple(lines)) for title, lines in found]
    return [Purpose(lines[0].model, title, lines) for title, lines in grouped]


def _processing(model: type[models.Model], declared: PersonalData) -> Processing:
    return Processing(
        model=model._meta.label,
        purpose=str(declared.purpose),
        subject=str(declared.subject),
        held=_held(model, declared),
        legal_basis=str(declared.legal_basis.value),
        kept=_kept(declared),
        ending=str(declared.ending.value),
        is_purged=bool(declared.counted_from) or declared.ends_with_account,
        recipients=", ".join(str(each.value) for each in declared.recipients),
        criteria=declared.criteria,
    )


def _held(model: type[models.Model], declared: PersonalData) -> str:
    """What is kept, as the declaration says it, else the names of the fields."""
    if declared.held:
        return str(declared.held)
    names = (str(_field_name(model, name)) for name in declared.fields)
    return ", ".join(names)


def _field_name(model: type[models.Model], name: str) -> object:
    return getattr(model._meta.get_field(name), "verbose_name", name)


def _kept(declared: PersonalData) -> str:
    """`12 months after the last sign-in`, or the plain duration."""
    duration = format_days(declared.kept_days)
    if not declared.since:
        return duration
    if not declared.kept_days:
        return _("until %(date)s") % {"date": declared.since}
    return _("%(duration)s after %(date)s") % {
        "duration": duration,
        "date": declared.since,
    }


def format_days(days: int) -> str:
    """Whole years or months when the number of days allows it: 365 → 1 year."""
    if days and days % DAYS_IN_A_YEAR == 0:
        years = days // DAYS_IN_A_YEAR
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    if days and days % DAYS_IN_A_MONTH == 0:
        months = days // DAYS_IN_A_MONTH
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
