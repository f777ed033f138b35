"""Results in words: shares with their interval, cautions, what the weights hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jalons.analysis.digital_ease import Profile
from jalons.analysis.secrecy import INHABITANTS
from jalons.documents.words import number
from jalons.fieldwork.figures import Results, Share, Tables
from jalons.fieldwork.people import People

PROFILES: dict[str, str | Promise] = {
    Profile.OFFLINE.value: gettext_lazy("Does not use internet"),
    Profile.VERY_FRAGILE.value: gettext_lazy("Very fragile (two areas at most)"),
    Profile.FRAGILE.value: gettext_lazy("Fragile (three or four areas)"),
    Profile.AT_EASE.value: gettext_lazy("At ease (the five areas)"),
}
AREAS: dict[str, str | Promise] = {
    "information": gettext_lazy("Look for information and check it"),
    "communication": gettext_lazy("Communicate"),
    "content": gettext_lazy("Fill in and send a document"),
    "safety": gettext_lazy("Protect oneself"),
    "problem_solving": gettext_lazy("Get out of a small problem"),
}
VARIABLES: dict[str, str | Promise] = {
    "sex": gettext_lazy("Sex"),
    "age": gettext_lazy("Age"),
    "commune": gettext_lazy("Commune"),
}
SEX_AND_AGE: tuple[Literal["sex", "age"], ...] = ("sex", "age")
LEAST_SHARE = 0.005
"""Smaller, a share would be written as if it were nothing."""
TO = "–\N{WORD JOINER}"
"""Between two bounds: a line may end after a dash, and cut the interval in two."""
FEW = 30
"""Under thirty people, an interval says little but that one does not know."""


def percent(share: float) -> str:
    if 0 < share < LEAST_SHARE:
        return _("under 1%")
    return _("%(value)s%%") % {"value": number(round(100 * share))}


def many(n: int | None) -> str:
    """How many, or that it is secret."""
    return _("secret") if n is None else number(n)


def told(share: Share) -> str:
    """“14 % [9–20]”, or why there is none."""
    if share.is_secret:
        return _("secret")
    if share.share is None:
        return "–"
    text = percent(share.share)
    if share.interval is None:
        return text
    low, high = (
        number(round(100 * x)) for x in (share.interval.low, share.interval.high)
    )
    return f"{text} [{low}{TO}{high}]"


def told_with_n(share: Share) -> str:
    """“14 % [9–20], n = 212”."""
    return _("%(share)s, n = %(n)s") % {"share": told(share), "n": many(share.n)}


def lead(found: Results) -> str:
    """The answer in two sentences."""
    offline, very_fragile = found.profiles[:2]
    n = found.people.n
    met = ngettext("%(n)s person met.", "%(n)s people met.", n) % {"n": number(n)}
    if offline.is_secret or very_fragile.is_secret:
        return met
    said = _("%(offline)s do not use internet, %(fragile)s are very fragile.") % {
        "offline": told(offline),
        "fragile": told(very_fragile),
    }
    return f"{met} {said}"


def cautions(found: Results) -> Iterator[str]:
    """What these figures are not, always said."""
    yield _(
        "People met in the field were not drawn at random: read the intervals as if "
        "they had been, and do not extend these results to all the inhabitants."
    )
    yield _(
        "The profiles are not INSEE’s rate of digital illiteracy: other questions, "
        "another way of choosing people."
    )
    yield _(
        "A figure is secret when it would tell of fewer than %(least)d people, by "
        "itself, taken from the others, or with the weights."
    ) % {"least": INHABITANTS}
    if 0 < found.people.n < FEW:
        yield _("Fewer than thirty people met: read words rather than percentages.")
    if found.uncertain:
        yield (
            ngettext(
                "%(n)d profile is uncertain: some answers are missing. It counts in "
                "the least favourable one.",
                "%(n)d profiles are uncertain: some answers are missing. They count in "
                "the least favourable one.",
                found.uncertain,
            )
            % {"n": found.uncertain}
        )


def weighting(people: People, names: dict[str, str]) -> Iterator[str]:
    """What the weights hold, what they could not, and what that costs."""
    adjusted = people.adjusted
    if not people.population:
        yield _(
            "Nobody weighs more than another: the inhabitants of these communes by sex "
            "and age are not loaded."
        )
        return
    if len(people.population) == 1:
        yield _(
            "The inhabitants by sex and age are not loaded: only the share of each "
            "commune is brought to that of its population, children included."
        )
    for one in adjusted.joined:
        yield _("%(variable)s: nobody met in one of %(labels)s, counted together.") % {
            "variable": VARIABLES[one.name],
            "labels": ", ".join(names.get(label, label) for label in one.labels),
        }
    for missing in adjusted.missing:
        yield _(
            "%(variable)s: nobody met for %(labels)s. No weight makes somebody exist: "
            "this margin is left out."
        ) % {
            "variable": VARIABLES[missing.name],
            "labels": ", ".join(names.get(label, label) for label in missing.labels)
            or _("all but one"),
        }
    yield from _held(people)


def _held(people: People) -> Iterator[str]:
    adjusted, raking = people.adjusted, people.adjusted.raking
    if raking is None or not raking.is_possible:
        yield _("Nobody weighs more than another: no margin could be held.")
        return
    used = ", ".join(str(VARIABLES[name]).lower() for name in adjusted.used)
    gap = round(100 * raking.gap, 1)
    if adjusted.converged:
        yield _("Weights hold the shares of the population by: %(used)s.") % {
            "used": used
        }
    elif raking.is_reachable:
        yield ngettext(
            "Weights were cut between one fifth and five times the mean: shares by "
            "%(used)s are held to within %(gap)s point.",
            "Weights were cut between one fifth and five times the mean: shares by "
            "%(used)s are held to within %(gap)s points.",
            int(gap),
        ) % {"used": used, "gap": number(gap)}
    else:
        yield _(
            "The margins by %(used)s contradict each other in this sample: they are "
            "not reached, by %(gap)s points at most. Meet more people before you read "
            "these results as weighted."
        ) % {"used": used, "gap": number(gap)}
    if adjusted.is_weighted:
        yield _(
            "Shares are rounded to a percent, without the number of people behind "
            "them: with it, weights would tell what a few people said."
        )
    yield from _left_out(people, raking.left_out)
    effect = adjusted.design_effect
    if effect is not None:
        yield _(
            "Design effect %(effect)s: %(n)s people weighted are worth %(worth)s."
        ) % {
            "effect": number(round(effect, 1)),
            "n": number(people.n),
            "worth": number(round(people.n / effect)),
        }


def _left_out(people: People, n: int) -> Iterator[str]:
    """Who keeps the mean weight; a few would tell who answered out of the census.

    Without a number, it is said whether there is anybody or not.
    """
    names = [people.code_of(one) for one in SEX_AND_AGE if one in people.adjusted.used]
    if not names:
        return
    if n >= INHABITANTS and not Tables(people).hidden.any_of(names):
        yield _(
            "%(n)s people whose sex or age is unknown or not in the census keep the "
            "mean weight."
        ) % {"n": number(n)}
    else:
        yield _(
            "Anybody whose sex or age is unknown or not in the census keeps the mean "
            "weight."
        )
