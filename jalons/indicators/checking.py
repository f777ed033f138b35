"""What must hold before a table is written: its codes, its extent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jalons.indicators.cells import Made
from jalons.indicators.gathering import Gathered
from jalons.indicators.ground import Ground, read_ground
from jalons.indicators.making import figures
from jalons.indicators.models import Indicator
from jalons.indicators.orders import Order
from jalons.indicators.passing import Passed, pass_codes
from jalons.indicators.problems import Problem
from jalons.indicators.producers import own
from jalons.indicators.producers.layouts import Kind, Layout
from jalons.indicators.reports import SHOWN, TableReport
from jalons.territories.iris import PREFIX, Iris
from jalons.territories.models import Territory

# Under nine communes in ten, a file of the whole country was cut, or is only a part.
LEAST_COVERED = 0.9
# More than one code in ten unknown: it is another kind of code, or another vintage.
MOST_UNKNOWN = 0.1
SIREN_LENGTH = 9
FEWEST_REGIONS = 10
OF_HOUSEHOLDS = (Kind.PER_HOUSEHOLDS, Kind.RATE_OF_HOUSEHOLDS)
# Inhabitants and bases are of different years.
MOST_BASE = 1.2
SHORTENED = gettext_lazy(
    "Codes have lost their first zero (%(code)s for %(whole)s; %(n)s in all), as when "
    "a spreadsheet opens a CSV file and saves it: give the producer’s file as it is."
)
NO_IRIS = gettext_lazy(
    "These figures are those of IRIS, which are known once INSEE’s table of IRIS is "
    "loaded: load it first, then give this file again."
)


def figures_of(
    order: Order, layout: Layout, found: Gathered, report: TableReport
) -> list[Made]:
    """Figures of the table; none, with the reason told, when it must be refused."""
    needs_households = any(m.kind in OF_HOUSEHOLDS for m in layout.measures)
    ground = read_ground(with_households=needs_households)
    if needs_households and not ground.households:
        message = _("Load the households of the census first: they are the base.")
        refuse(report, "", message)
        return []
    codes = set(found.parts) | {c for thing in found.things for c in thing.codes}
    if layout.level == "iris" and not layout.part_column and not ground.iris:
        refuse(report, layout.code_column, str(NO_IRIS))
        return []
    passed = pass_codes(
        codes,
        ground.passage,
        int(report.vintage[:4]),
        is_list=layout.is_list,
        iris=ground.iris,
    )
    _tell_codes(passed, report)
    if reason := _refusal(order, layout, codes, passed, ground):
        refuse(report, layout.code_column, reason)
        return []
    _tell_iris(passed, ground, report)
    if order.mapping is not None:
        _tell_base(order.mapping, found, ground, report)
    known = set(Territory.objects.current().values_list("code", flat=True))
    made = [one for one in figures(found, layout, passed, ground) if one.code in known]
    _tell_unmade(layout, made, report)
    report.figures = dict(Counter(str(one.status) for one in made))
    report.territories = len({one.code for one in made})
    if not made:
        message = _("No row gives a figure: check which file it is.")
        refuse(report, layout.code_column, message)
        return []
    report.state = "checked"
    return made


def iris_of(
    order: Order, layout: Layout, found: Gathered, report: TableReport
) -> list[Iris]:
    """The IRIS of INSEE's table, each in its commune of today; none when refused."""
    ground = read_ground()
    communes = {one.commune for one in found.iris}
    passed = pass_codes(communes, ground.passage, int(report.vintage[:4]))
    _tell_codes(passed, report)
    reason = ""
    if not communes or len(passed.unknown) > MOST_UNKNOWN * len(communes):
        reason = _unknown(len(passed.unknown), len(communes))
    elif not order.is_part and found.rows < LEAST_COVERED * len(ground.population):
        reason = _cut(found.rows, len(ground.population))
    if reason:
        refuse(report, layout.code_column, reason)
        return []
    placed = [
        replace(one, commune=heirs[0].code)
        for one in found.iris
        if (heirs := passed.heirs.get(one.commune, ()))
        and heirs[0].code in ground.population
    ]
    report.territories, report.state = len(placed), "checked"
    inside = len({one.commune for one in placed})
    text = ngettext(
        "%(n)s IRIS, in %(communes)s commune.",
        "%(n)s IRIS, in %(communes)s communes.",
        inside,
    )
    told = {"n": _number(len(placed)), "communes": _number(inside)}
    report.remarks.append(text % told)
    return placed


def _tell_codes(passed: Passed, report: TableReport) -> None:
    report.merged = dict(islice(passed.merged.items(), SHOWN))
    report.merged_count = len(passed.merged)
    report.split, report.ambiguous = dict(passed.split), dict(passed.ambiguous)
    report.quarters, report.quarters_left = passed.quarters, passed.quarters_left
    report.unknown = list(passed.unknown[:SHOWN])
    report.unknown_count = len(passed.unknown)
    report.left_out = replace(report.left_out, codes=frozenset(passed.unknown))


def _tell_iris(passed: Passed, ground: Ground, report: TableReport) -> None:
    """Say that parts of communes keep no figure of their own, and how they would."""
    if not passed.without_iris:
        return
    text = ngettext(
        "%(n)s IRIS is not in INSEE’s table of IRIS: it counts in its commune only.",
        "%(n)s IRIS are not in INSEE’s table of IRIS: they count in their communes "
        "only.",
        passed.without_iris,
    )
    if not ground.iris:
        text = ngettext(
            "%(n)s IRIS counts in its commune only, since INSEE’s table of IRIS is "
            "not loaded: load it, then give this file again.",
            "%(n)s IRIS count in their communes only, since INSEE’s table of IRIS is "
            "not loaded: load it, then give this file again.",
            passed.without_iris,
        )
    report.remarks.append(text % {"n": _number(passed.without_iris)})


def _tell_base(
    mapping: own.Mapping, found: Gathered, ground: Ground, report: TableReport
) -> None:
    """Say of which number a team's rate is, and whether this number can be that."""
    unit = Indicator.objects.filter(pk=mapping.indicator).values_list("unit", flat=True)
    if unit.first() != Indicator.Unit.PERCENT:
        return
    if not mapping.rate_of:
        message = _(
            "Nothing says how many people or things this percentage is a share of: it "
            "is not added up, and a larger territory has a value only if the file "
            "gives one."
        )
        report.remarks.append(message)
    if mapping.rate_of != "column":
        return
    bases = {code: parts[mapping.indicator].base for code, parts in found.parts.items()}
    above = [
        code
        for code, base in bases.items()
        if base is not None and base > MOST_BASE * ground.population.get(code, base)
    ]
    if above:
        text = ngettext(
            "In %(n)s territory (%(some)s), “%(column)s” passes the number of "
            "inhabitants: check that the percentage is a share of it.",
            "In %(n)s territories (%(some)s), “%(column)s” passes the number of "
            "inhabitants: check that the percentage is a share of it.",
            len(above),
        )
        shown = {
            "n": _number(len(above)),
            "some": ", ".join(above[:3]),
            "column": mapping.base_column,
        }
        report.remarks.append(text % shown)


def _unknown(count: int, total: int) -> str:
    text = ngettext(
        "%(n)s code out of %(total)s is that of no territory: check the column of the "
        "codes, and the vintage.",
        "%(n)s codes out of %(total)s are those of no territory: check the column of "
        "the codes, and the vintage.",
        count,
    )
    return text % {"n": _number(count), "total": _number(total)}


def _cut(count: int, total: int) -> str:
    text = ngettext(
        "The file holds %(n)s territory out of about %(total)s: it was cut, or is a "
        "part of the country. Download it again, or say that it is a part.",
        "The file holds %(n)s territories out of about %(total)s: it was cut, or is a "
        "part of the country. Download it again, or say that it is a part.",
        count,
    )
    return text % {"n": _number(count), "total": _number(total)}


def _number(count: int) -> str:
    return number_format(count, force_grouping=True)


def _refusal(
    order: Order, layout: Layout, codes: set[str], passed: Passed, ground: Ground
) -> str:
    """Why the codes of a table cannot be those of what it says; empty when they can."""
    if not codes:
        return _("No row tells the code of a territory: check which file it is.")
    if len(passed.unknown) > MOST_UNKNOWN * len(codes):
        return _unknown(len(passed.unknown), len(codes))
    shortened = [
        code
        for code in passed.unknown
        if len(code) == 4 and f"0{code}" in ground.population
    ]
    if shortened:
        return str(SHORTENED) % {
            "n": _number(len(shortened)),
            "code": shortened[0],
            "whole": f"0{shortened[0]}",
        }
    if _are_regions(codes):
        return _(
            "These codes seem to be those of régions, which départements have too: "
            "write R before each of them (R75)."
        )
    if _is_cut(order, layout, codes, ground.population):
        return _cut(len(_communes(codes)), len(ground.population))
    return ""


def _are_regions(codes: set[str]) -> bool:
    """Whether a file is one of régions, to be read as one of départements by mistake.

    Two départements may have the codes of two régions; ten of them alone may not.
    """
    regions = Territory.objects.regions().values_list("code", flat=True)
    bare = {code.removeprefix("R") for code in regions}
    return len(codes) >= FEWEST_REGIONS and codes <= bare


def _tell_unmade(layout: Layout, made: list[Made], report: TableReport) -> None:
    """Say which indicators a list gives nothing for, rather than load it in silence."""
    found = {one.indicator for one in made}
    absent = [m.indicator for m in layout.measures if m.indicator not in found]
    if not absent or not layout.is_list:
        return
    titles = Indicator.objects.in_bulk(absent)
    names = _("; ").join(titles[one].label if one in titles else one for one in absent)
    message = _("Nothing of what this file must hold was found for: %(names)s.")
    report.remarks.append(message % {"names": names})


def _is_cut(
    order: Order, layout: Layout, codes: set[str], population: Mapping[str, int]
) -> bool:
    if order.is_part or not layout.is_whole_country or layout.is_list:
        return False
    if layout.level == "epci" or any(len(code) == SIREN_LENGTH for code in codes):
        return False
    return len(_communes(codes)) < LEAST_COVERED * len(population)


def _communes(codes: set[str]) -> set[str]:
    """The codes that are not those of IRIS."""
    return {code for code in codes if not code.startswith(PREFIX)}


def refuse(report: TableReport, field_: str, message: str) -> None:
    report.problems.append(Problem(report.table, 0, field_, message))
    report.problem_count += 1
