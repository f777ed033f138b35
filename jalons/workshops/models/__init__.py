"""The room and who is in it; what people bring; what they vote; what is kept."""

from __future__ import annotations

from jalons.workshops.models.contributions import (
    CELL_LENGTH,
    IDEA_LENGTH,
    WORD_LENGTH,
    Item,
    Writing,
)
from jalons.workshops.models.minutes import Minutes, MinutesReader, Remark
from jalons.workshops.models.rooms import (
    ALIAS_LENGTH,
    Activity,
    Moment,
    Participant,
    Workshop,
)
from jalons.workshops.models.tables import (
    SYNTHESIS_LENGTH,
    TABLE_LENGTH,
    Synthesis,
    Table,
)
from jalons.workshops.models.votes import Ballot, PaperCount

__all__ = [
    "ALIAS_LENGTH",
    "CELL_LENGTH",
    "IDEA_LENGTH",
    "SYNTHESIS_LENGTH",
    "TABLE_LENGTH",
    "WORD_LENGTH",
    "Activity",
    "Ballot",
    "Item",
    "Minutes",
    "MinutesReader",
    "Moment",
    "PaperCount",
    "Participant",
    "Remark",
    "Synthesis",
    "Table",
    "Workshop",
    "Writing",
]
