"""A questionnaire with a scale, a ranking, a matrix, a date and a number."""

from __future__ import annotations

from jalons.questionnaires.definitions import Definition, parse

KINDS = """\
code = "types"
title = { fr = "Types", en = "Kinds" }
description = { fr = "Tous les types.", en = "Every kind." }
minutes = 2
is_reconstruction = false
author = "Projet Jalons"
licence = "MIT"

[[sections]]
code = "who"
title = { fr = "Vous", en = "You" }

[[sections.questions]]
code = "territory"
type = "territory"
role = "territory"
required = true
text = { fr = "Où ?", en = "Where?" }

[[sections.questions]]
code = "profile"
type = "single"
role = "profile"
text = { fr = "Votre rôle ?", en = "Your role?" }
options = [
  { code = "decision_maker", text = { fr = "Élu", en = "Elected" } },
  { code = "staff", text = { fr = "Agent", en = "Staff" } },
]

[[sections]]
code = "kinds"
title = { fr = "Types", en = "Kinds" }

[[sections.questions]]
code = "ease"
type = "scale"
meaning = "ease_online"
allows_not_concerned = true
text = { fr = "Êtes-vous à l’aise ?", en = "Are you at ease?" }
options = [
  { code = "never", value = 0, text = { fr = "Pas du tout", en = "Not at all" } },
  { code = "some", value = 1, text = { fr = "Un peu", en = "A little" } },
  { code = "full", value = 2, text = { fr = "Tout à fait", en = "Fully" } },
]

[[sections.questions]]
code = "order"
type = "ranking"
max_choices = 2
text = { fr = "Vos priorités ?", en = "Your priorities?" }
options = [
  { code = "money", text = { fr = "Argent", en = "Money" } },
  { code = "time", text = { fr = "Temps", en = "Time" } },
  { code = "staff", text = { fr = "Équipe", en = "Staff" } },
]

[[sections.questions]]
code = "grid"
type = "matrix"
required = true
allows_dont_know = true
text = { fr = "Savez-vous…", en = "Can you…" }
rows = [
  { code = "mail", text = { fr = "Écrire un message", en = "Write a message" } },
  { code = "buy", text = { fr = "Acheter", en = "Buy" } },
]
options = [
  { code = "alone", text = { fr = "Seul", en = "Alone" } },
  { code = "helped", text = { fr = "Avec aide", en = "With help" } },
]

[[sections.questions]]
code = "since"
type = "date"
earliest = 2020-01-01
latest = 2026-12-31
text = { fr = "Depuis quand ?", en = "Since when?" }

[[sections.questions]]
code = "why"
type = "short_text"
show_if = { question = "ease", any_of = ["never"] }
text = { fr = "Pourquoi ?", en = "Why?" }

[[sections.questions]]
code = "people"
type = "number"
minimum = 0
class_limits = [1, 5]
unit = { fr = "personnes", en = "people" }
text = { fr = "Combien de personnes ?", en = "How many people?" }
"""


def kinds(old: str = "", new: str = "") -> Definition:
    """The sample; `kinds(old, new)` replaces one passage of it."""
    assert old in KINDS, old
    return parse(KINDS.replace(old, new, 1) if old else KINDS, "types.toml")
