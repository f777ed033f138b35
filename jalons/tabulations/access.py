"""The only door to the analysis desk: those entitled to the raw answers.

Whoever may filter at will could isolate one respondent, table after table: the desk is
for members who may also export the answers. Others read what is published.
"""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.accounts.models import User
from jalons.spaces.access import Right
from jalons.surveys.access import get_campaign_of_institutions
from jalons.surveys.models import Campaign
from jalons.tabulations.models import CodeBook, Tabulation


def get_desk(user: User, pk: int) -> Campaign:
    """A survey whose answers this person may cross at will."""
    return get_campaign_of_institutions(user, pk, Right.EDIT)


def get_tabulation(campaign: Campaign, pk: int) -> Tabulation:
    """A table kept of a survey already opened."""
    found: Tabulation = get_object_or_404(campaign.tabulations, pk=pk)
    return found


def get_book(campaign: Campaign, pk: int) -> CodeBook:
    """A code book of a survey already opened."""
    found: CodeBook = get_object_or_404(campaign.code_books, pk=pk)
    return found
