"""A small questionnaire that is right, to be broken in one place at a time."""

from __future__ import annotations

from pathlib import Path

from jalons.questionnaires.definitions import (
    Definition,
    InvalidDefinition,
    Problem,
    parse,
    read_file,
)

MATURITY = Path(__file__).resolve().parents[2] / (
    "data/questionnaires/maturite-numerique.toml"
)

SAMPLE = """\
code = "essai"
title = { fr = "Essai", en = "Trial", fr_easy = "Pour voir" }
description = { fr = "Un essai.", en = "A trial." }
minutes = 1
is_reconstruction = false
author = "Projet Jalons"
licence = "MIT"

[grid]
total = 5
[[grid.dimensions]]
code = "political"
title = { fr = "Politique", en = "Political" }
maximum = 5
[[grid.classes]]
code = "low"
title = { fr = "Peu", en = "Low" }
low = 0
high = 3
[[grid.classes]]
code = "high"
title = { fr = "Haut", en = "High" }
low = 3
high = 5

[[sections]]
code = "who"
title = { fr = "Vous", en = "You" }

[[sections.questions]]
code = "profile"
type = "single"
role = "profile"
required = true
text = { fr = "Votre rôle ?", en = "Your role?" }
options = [
  { code = "elected", text = { fr = "Élu", en = "Elected" } },
  { code = "staff", text = { fr = "Agent", en = "Staff" } },
]

[[sections]]
code = "points"
title = { fr = "Points", en = "Points" }

[[sections.questions]]
code = "P2"
type = "single"
allows_dont_know = true
text = { fr = "Porté ?", en = "Sponsored?" }
[sections.questions.scoring]
dimension = "political"
rule = "single"
maximum = 3
indicator = "sponsorship"
is_published = true
[[sections.questions.options]]
code = "no"
points = 0
text = { fr = "Non", en = "No" }
[[sections.questions.options]]
code = "weak"
points = 1
text = { fr = "Un peu", en = "A little" }
[[sections.questions.options]]
code = "yes"
points = 3
text = { fr = "Oui", en = "Yes" }

[[sections.questions]]
code = "P3"
type = "multiple"
show_if = { question = "P2", any_of = ["weak", "yes"] }
text = { fr = "Comment ?", en = "How?" }
[sections.questions.scoring]
dimension = "political"
rule = "cumulative"
maximum = 2
indicator = "quality"
is_published = false
[[sections.questions.options]]
code = "delegate"
points = 1
text = { fr = "Délégué", en = "Delegate" }
[[sections.questions.options]]
code = "budget"
points = 1
text = { fr = "Budget", en = "Budget" }
[[sections.questions.options]]
code = "none"
is_exclusive = true
text = { fr = "Rien", en = "None" }

[[sections]]
code = "rest"
title = { fr = "Le reste", en = "The rest" }

[[sections.questions]]
code = "difficulties"
type = "multiple"
max_choices = 2
text = { fr = "Difficultés ?", en = "Difficulties?" }
options = [
  { code = "funding", profiles = ["elected"], text = { fr = "Argent", en = "Money" } },
  { code = "network", profiles = ["staff"], text = { fr = "Liens", en = "Links" } },
  { code = "time", text = { fr = "Temps", en = "Time" } },
  { code = "tools", text = { fr = "Outils", en = "Tools" } },
]

[[sections.questions]]
code = "fte"
type = "number"
minimum = 0
maximum = 100
unit = { fr = "ETP", en = "FTE" }
text = { fr = "Combien ?", en = "How many?" }

[[sections.questions]]
code = "place"
type = "territory"
text = { fr = "Où ?", en = "Where?" }

[[sections.questions]]
code = "quote"
type = "long_text"
text = { fr = "Un mot ?", en = "A word?" }
consent = { fr = "Citez-moi.", en = "Quote me." }

[[sections.questions]]
code = "email"
type = "short_text"
format = "email"
is_personal = true
text = { fr = "Adresse", en = "Address" }
consent = { fr = "Gardez-la.", en = "Keep it." }
"""


def sample(**changes: str) -> Definition:
    """The sample; `sample(old=…, new=…)` replaces one passage of it."""
    return parse(broken(**changes), "essai.toml") if changes else parse(SAMPLE, "essai")


def broken(*, old: str, new: str) -> str:
    """The sample with one passage replaced, which must be there."""
    assert old in SAMPLE, old
    return SAMPLE.replace(old, new, 1)


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    """What must be mended in a text; none when it can be read."""
    try:
        parse(text, "essai.toml")
    except InvalidDefinition as error:
        return error.problems
    return ()


def line_holding(text: str, passage: str) -> int:
    """Line (from 1) of the first occurrence of a passage."""
    return text.count("\n", 0, text.index(passage)) + 1


def maturity() -> Definition:
    return read_file(MATURITY)


def field() -> Definition:
    return read_file(MATURITY.with_name("enquete-terrain.toml"))
