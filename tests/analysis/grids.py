"""The maturity grid of 37 points, as the questionnaire shipped with Jalons words it."""

from __future__ import annotations

from jalons.analysis.scoring import (
    Condition,
    Counted,
    Cumulative,
    Grid,
    Item,
    ScoreClass,
    Single,
)

CLASSES = (
    ScoreClass("early", 0, 6),
    ScoreClass("middle", 6, 15),
    ScoreClass("advanced", 15, 22),
    ScoreClass("very_advanced", 22, 37),
)
AWARENESS = {"no": 0, "some": 1, "regular": 2}

MATURITY = Grid(
    items=(
        Item("P1a", "political", 2, Single(AWARENESS)),
        Item("P1b", "political", 2, Single(AWARENESS)),
        Item("P2", "political", 3, Single({"no": 0, "yes": 3})),
        Item(
            "P3",
            "political",
            4,
            Cumulative({"named": 1, "vice_president": 1, "voted": 1, "budget": 1}),
            asked_if=Condition("P2", ["yes"]),
        ),
        Item(
            "R1", "resources", 4, Single({"no": 0, "informal": 1, "yes": 3, "full": 4})
        ),
        Item("R2a", "resources", 3, Counted([(1, 1), (3, 2), (5, 3)])),
        Item("R2b", "resources", 2, Single({"no": 0, "talks": 1, "acts": 2})),
        Item(
            "R3",
            "resources",
            4,
            Single({"0": 0, "<1": 1, "1-1.9": 2, "2-3.9": 3, "4+": 4}),
        ),
        Item("S1", "steering", 3, Single({"0": 0, "<0.5": 1, "0.5-0.9": 2, "1+": 3})),
        Item(
            "S2", "steering", 3, Single({"no": 0, "many": 1, "yes": 2, "committee": 3})
        ),
        Item("S3", "steering", 3, Single({"no": 0, "draft": 1, "yes": 3})),
        Item(
            "S4",
            "steering",
            4,
            Cumulative({"written": 1, "voted": 1, "planned": 1, "followed": 1}),
            asked_if=Condition("S3", ["draft", "yes"]),
        ),
    ),
    classes=CLASSES,
    total=37,
    dimensions={"political": 11, "resources": 13, "steering": 13},
)

LISTS = {"P3", "R2a", "S4"}


def answers(row: dict[str, str]) -> dict[str, str | list[str]]:
    """A row of a table as answers: lists are written "a+b"."""
    return {
        code: cell.split("+") if code in LISTS and cell != "dont_know" else cell
        for code, cell in row.items()
        if code in {item.code for item in MATURITY.items}
    }
