"""What the tables of a synthesis tell, beside the restitution: read in their files."""

from __future__ import annotations

import csv
import io

from django.urls import reverse

from tests.observatory.attacker import Sums
from tests.observatory.told import NO_PROFILE, Publication, number


def lines_of(client, campaign, code) -> list[dict[str, str]]:
    kwargs = {"slug": campaign.slug, "code": code}
    response = client.get(reverse("synthesis:public_table", kwargs=kwargs))
    assert 200 == response.status_code, code
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def tell_by_profile(told: Publication, sums: Sums, code: str, kept: int) -> None:
    """A table of the desk: profile by the answers to one question."""
    question = told.definition.question(code)
    profiles = {told.words.option("profile", p): p for p in told.profiles}
    options = {told.words.option(code, o.code): o.code for o in question.options}
    for p in (*told.profiles, NO_PROFILE):
        _tie(sums, question, p)
    for line in lines_of(told.client, told.campaign, f"croisement-{kept}"):
        row, column, count, n = list(line.values())[:4]
        asked = [profiles[row]] if row in profiles else told.profiles
        if number(count) is not None:
            names = [("said", code, options[column], p) for p in asked]
            sums.tell(names, number(count))
        if number(n) is not None:
            sums.tell([("base", code, p) for p in asked], number(n))


def tell_by_departement(told: Publication, sums: Sums, code: str, kept: int) -> None:
    """The same by département, whose respondents the map bounds from below."""
    question = told.definition.question(code)
    options = {told.words.option(code, o.code): o.code for o in question.options}
    lines = lines_of(told.client, told.campaign, f"croisement-{kept}")
    names = sorted({next(iter(line.values())) for line in lines} - {"Tous"})
    for name in (*names, "elsewhere"):
        said = [("in", name, option) for option in options.values()]
        sums.tell_equal([("in", name)], [*said, ("in", name, "blank")])
    for option in options.values():
        by_profile = [("said", code, option, p) for p in (*told.profiles, NO_PROFILE)]
        sums.tell_equal(by_profile, [("in", d, option) for d in (*names, "elsewhere")])
    for line in lines:
        row, column, count, n = list(line.values())[:4]
        inside = [row] if row in names else names
        if number(count) is not None:
            sums.tell([("in", d, options[column]) for d in inside], number(count))
        if number(n) is not None:
            every = [("in", d, option) for d in inside for option in options.values()]
            sums.tell(every, number(n))


def _tie(sums: Sums, question, p: str) -> None:
    """Those of a profile who answered, and what they may have said."""
    code = question.code
    chosen = [("said", code, option.code, p) for option in question.options]
    sums.tell_equal([("n", p)], [("base", code, p), ("blank", code, p)])
    if question.type == "single":
        sums.tell_equal(chosen, [("base", code, p)])
        return
    sums.tell_at_most([("base", code, p)], 1, chosen)
    if question.max_choices:
        sums.tell_at_most(chosen, question.max_choices, [("base", code, p)])
    for option, name in zip(question.options, chosen, strict=True):
        sums.tell_at_most([name], 1, [("base", code, p)])
        if option.profiles and p not in option.profiles:
            sums.tell([name], 0)
