from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.surveys.models import Campaign
from jalons.tabulations.models import Code, CodeBook, Coding, Tabulation
from jalons.tabulations.query import Query


class UnknownCode(ValueError):
    """A code of another book, or an answer of another survey: nothing is written."""


@dataclass(frozen=True, slots=True)
class Line:
    """A code as it is typed: its name, and when it applies."""

    label: str
    definition: str = ""


@transaction.atomic
def keep_table(campaign: Campaign, query: Query, *, title: str, by: User) -> Tabulation:
    """Keep a table by its address, under a title, so that a synthesis may take it.

    One address is one table: kept again, it takes the last title given.
    """
    Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    kept = campaign.tabulations.filter(address=query.address).first()
    if kept is not None and kept.title == title:
        return kept
    if kept is None:
        kept = Tabulation(campaign=campaign, address=query.address, kept_by=by)
        kept.kept_at = timezone.now()
    kept.title = title
    kept.save()
    audit.record(
        "tabulation.kept",
        campaign,
        by=by,
        details={"title": title, "address": kept.address},
    )
    return kept


@transaction.atomic
def remove_table(tabulation: Tabulation, *, by: User) -> None:
    campaign, title = tabulation.campaign, tabulation.title
    tabulation.delete()
    audit.record("tabulation.removed", campaign, by=by, details={"title": title})


@transaction.atomic
def create_book(
    campaign: Campaign, *, question: str, title: str, lines: Sequence[Line], by: User
) -> CodeBook:
    """Open a code book with its first codes."""
    book = CodeBook.objects.create(
        campaign=campaign, question_code=question, title=title, created_by=by
    )
    _write(book, lines)
    audit.record("code_book.created", campaign, by=by, details={"title": title})
    return book


@transaction.atomic
def change_codes(book: CodeBook, lines: Sequence[Line], *, by: User) -> None:
    """Replace the codes by those given, in their order.

    A code whose name stays keeps what was coded with it; one that is no longer listed
    goes, and the answers that had it keep their other codes.
    """
    book = CodeBook.objects.select_for_update().get(pk=book.pk)
    labels = [line.label for line in lines]
    gone = book.codes.exclude(label__in=labels)
    details = {"title": book.title, "removed": [code.label for code in gone]}
    gone.delete()
    _write(book, lines)
    audit.record("code_book.changed", book.campaign, by=by, details=details)


@transaction.atomic
def code_answers(
    book: CodeBook, given: Mapping[int, Sequence[int]], *, by: User
) -> int:
    """Write the codes that a person gives to answers, by primary keys.

    An answer given no code was read and fits none: that is kept too. Coding again
    replaces this person's codes, never a colleague's.
    """
    known = set(book.codes.values_list("pk", flat=True))
    sent = book.campaign.responses.submitted().filter(pk__in=given)
    if set(sent.values_list("pk", flat=True)) != set(given):
        raise UnknownCode("an answer of another survey")
    if not known.issuperset(code for codes in given.values() for code in codes):
        raise UnknownCode("a code of another book")
    for response, codes in given.items():
        coding, _is_new = Coding.objects.update_or_create(
            book=book,
            response_id=response,
            coder=by,
            defaults={"coded_at": timezone.now()},
        )
        coding.codes.set(codes)
    audit.record(
        "answers.coded",
        book.campaign,
        by=by,
        details={"book": book.title, "n": len(given)},
    )
    return len(given)


def _write(book: CodeBook, lines: Sequence[Line]) -> None:
    for position, line in enumerate(lines):
        Code.objects.update_or_create(
            book=book,
            label=line.label,
            defaults={"definition": line.definition, "position": position},
        )
