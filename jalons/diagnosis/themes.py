"""The four digital vulnerabilities, and the people they concern most.

For each vulnerability: the figures that come near it, what no data says, and what to
ask in the field. No public file measures equipment, skills or dangers by territory: the
figures below are risks, and the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
Base = Literal["population", "inhabitants", "other"]


@dataclass(frozen=True, slots=True)
class Theme:
    """One vulnerability: `known` names indicators, `silent` what no data says."""

    code: str
    title: Words
    meaning: Words
    known: tuple[str, ...]
    why: Words
    silent: tuple[Words, ...]
    ask: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Public:
    """People more often far from digital tools; `base` is what the share is a share of.

    `population`: the inhabitants, when the figure does not come with its own number.
    `inhabitants`: always the inhabitants, so that a commune and its EPCI are counted
    alike, though the producer's rate leaves some of them out. `other`: the number that
    comes with the figure, else nothing; `share_of` names it. `where` says which file
    would count them; without indicator, no file that is read here does.
    """

    code: str
    title: Words
    unit: Words
    indicator: str = ""
    base: Base = "other"
    share_of: Words = ""
    where: Words = ""


THEMES = (
    Theme(
        "devices",
        _("Equipment"),
        _("Telephone, computer, printer, scanner and other devices."),
        ("median_income", "poverty_rate"),
        _("A low income makes it harder to buy, repair or renew a device."),
        (
            _("How many households have no computer, printer or scanner."),
            _("Whether the device is shared, too old, or out of order."),
        ),
        (
            _("What devices do the people whom you meet use, and for what?"),
            _("Where can one print or scan a document here, and at what price?"),
            _("Who lends, gives or repairs devices?"),
        ),
    ),
    Theme(
        "connection",
        _("Connection"),
        _("Speed, subscription, areas without network."),
        ("no_thd", "no_4g"),
        _("A line that can be ordered is not a line that one has."),
        (
            _("How many people have really subscribed, and at what cost."),
            _("Whether the mobile network works inside houses, on farms, on the road."),
        ),
        (
            _("In which hamlets or streets does the network fail?"),
            _("Who has given up a subscription because of its price?"),
            _("Where does one find free, quiet access to the internet?"),
        ),
    ),
    Theme(
        "uses",
        _("Uses"),
        _("Using devices well, on one’s own, with a purpose."),
        ("share_65_plus", "below_bac", "unemployment"),
        _(
            "In national surveys, age and few diplomas go with lesser use; this says "
            "nothing of one person."
        ),
        (
            _("How many people of the territory cannot do an online procedure alone."),
            _("Who gave up a right or a service because it was online."),
            _("What people would like to learn."),
        ),
        (
            _("At which counters do people ask for help, and for which procedures?"),
            _("Who helps today: family, neighbours, town-hall secretaries?"),
            _("What would make people want to come: photos, health, sewing, video?"),
        ),
    ),
    Theme(
        "dangers",
        _("Dangers and abuses"),
        _("Personal data, attacks, cyberbullying, screen addiction, reputation."),
        (),
        _("No figure is published by territory."),
        (
            _("How many people have been deceived, hacked or harassed online."),
            _("How many children suffer from screens or from cyberbullying."),
        ),
        (
            _("What do the police, the schools and the banks hear of?"),
            _("Who warns people, and whom does a victim turn to?"),
        ),
    ),
)

PERSONS, HOUSEHOLDS = _("people"), _("households")
PUBLICS = (
    Public(
        "older",
        _("People aged 65 or more"),
        PERSONS,
        "share_65_plus",
        "population",
        share_of=_("of inhabitants"),
    ),
    Public(
        "modest",
        _("People under the poverty line"),
        PERSONS,
        "poverty_rate",
        "inhabitants",
        share_of=_("of inhabitants"),
    ),
    Public(
        "qualified",
        _("People out of school with less than the baccalauréat"),
        PERSONS,
        "below_bac",
        share_of=_("of people out of school aged 15 or more"),
        where=_("Not counted: the census file on diplomas is not loaded on this site."),
    ),
    Public(
        "alone",
        _("People living alone"),
        HOUSEHOLDS,
        "one_person_households",
        share_of=_("of households"),
        where=_(
            "Not counted: the census file on households is not loaded on this site."
        ),
    ),
    Public(
        "parents",
        _("Lone-parent families"),
        HOUSEHOLDS,
        "lone_parents",
        share_of=_("of households"),
        where=_(
            "Not counted: the census file on households is not loaded on this site."
        ),
    ),
    Public(
        "unemployed",
        _("Unemployed people"),
        PERSONS,
        "unemployment",
        share_of=_("of active people aged 15 to 64"),
        where=_("Not counted: the census file on activity is not loaded on this site."),
    ),
    Public(
        "couples",
        _("Couples without children"),
        HOUSEHOLDS,
        where=_("Not loaded. The census counts them (household file)."),
    ),
    Public(
        "trades",
        _("Craftspeople and shopkeepers"),
        PERSONS,
        where=_("Not loaded. Ask the chambers of trades and of commerce."),
    ),
)

_BY_CODE = {one.code: one for one in PUBLICS}


def public_of(code: str) -> Public:
    return _BY_CODE[code]


SHOWN = (
    "median_income",
    "poverty_rate",
    "share_65_plus",
    "below_bac",
    "one_person_households",
    "lone_parents",
    "unemployment",
    "no_thd",
    "no_4g",
    "no_car",
    "services_distance",
    "library_distance",
    "minimum_benefits",
)
"""Indicators of the table of key figures, in order; those not loaded are said below."""

AWAITED: dict[str, Words] = {
    "no_thd": _("Premises that cannot have 30 Mbit/s (ARCEP)"),
    "no_4g": _("Share not covered by 4G (ARCEP)"),
    "no_car": _("Households without a car"),
    "services_distance": _("Distance to public services"),
    "library_distance": _("Distance to a library"),
    "minimum_benefits": _("Recipients of minimum benefits"),
}
"""What to call an indicator that has no definition here yet."""
