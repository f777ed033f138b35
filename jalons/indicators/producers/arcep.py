"""ARCEP, Ma connexion internet: premises of each commune by speed of wired networks.

The classes have been exclusive (a premise counts in its best class, `elig_hd8`) and are
now cumulative (`elig_bhd8`: a premise at 1 Gbit/s counts in every class under it). The
numbers themselves say which: exclusive classes add up to `nbr`, cumulative ones never
grow. A row that does neither is refused.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from jalons.indicators.producers.layouts import (
    BadRow,
    Kind,
    Layout,
    Measure,
    Row,
    find,
)

CLASSES = (
    "elig_hd05",
    "elig_hd3",
    "elig_hd8",
    "elig_thd30",
    "elig_thd100",
    "elig_thd1g",
)
FAST = ("elig_thd30", "elig_thd100", "elig_thd1g")
# What is counted; other rows of the file count business premises only.
ALL_PREMISES = ("", "logloc", "tout", "ensemble")
MADE = "thd30"


def layout(columns: Collection[str]) -> Layout | None:
    """Recognised by its classes of speed."""
    code = find(columns, "code_insee", "insee_com", "code_commune")
    if not code or not {"nbr", *FAST} <= set(columns):
        return None
    return Layout(
        source="arcep_fixed",
        code_column=code,
        measures=(Measure("no_thd", Kind.COMPLEMENT, (MADE,), ("nbr",)),),
        date_column="date" if "date" in columns else "",
        keeps=_counts_all_premises,
        prepare=with_fast_premises,
    )


def _counts_all_premises(row: Row) -> bool:
    return row.get("type", "").lower() in ALL_PREMISES


def with_fast_premises(row: Row) -> Row:
    """The row with its premises at 30 Mbit/s or more; raises BadRow."""
    named = dict(row)
    if "elig_bhd8" in named:
        named["elig_hd8"] = named["elig_bhd8"]
    try:
        classes = [int(float(named.get(name) or 0)) for name in CLASSES]
        none, total = int(float(named.get("inel_hd") or 0)), int(float(named["nbr"]))
    except ValueError as error:
        message = _("A number of premises is not a number: export the file again.")
        raise BadRow("nbr", message) from error
    if none + sum(classes) == total:
        fast = sum(classes[CLASSES.index(FAST[0]) :])
    elif classes == sorted(classes, reverse=True) and none + classes[0] <= total:
        fast = classes[CLASSES.index(FAST[0])]
    else:
        message = _(
            "The classes of speed neither add up to the number of premises nor lie "
            "within each other: ask the producer, or remove the row."
        )
        raise BadRow("elig_thd30", message)
    return {**row, MADE: str(fast)}
