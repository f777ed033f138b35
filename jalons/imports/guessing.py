"""What the columns and cells of a foreign file probably mean, and how surely.

A guess is a proposal shown to a person, never a decision. Three clues are read:

* the code: a column called “P2”, “P2[SQ001]”, “P2_1” or “P2. Un élu…” bears the code
  of question P2, capitals apart: 0.95 alone, before any wording as sure as it, 0.9
  with something after it;
* the words: share of telling words in common between the column's name and a wording
  of the question, 2 × common / (words of one + words of the other) (Dice, 1945,
  *Ecology* 26-3, p. 297-302), without accents or capitals: 0.95 times that share;
* the values: when at least 80 % of the different values are answers of the question,
  0.7 (nothing for a mere yes and no), and 0.15 more to another clue.

A column whose cells hold several answers, some unknown once cut, or whose options
hold the separator in their own words, is never almost certain: 0.8 at most.

Confidence is a reading aid, not a probability. Nothing is said under 0.55.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jalons.imports.words import simple, telling_words

SURE, LIKELY = 0.85, 0.55
CODE_ALONE, CODE_WITH_MORE = 0.95, 0.9
ALL_WORDS = 0.95
VALUES_ALONE, VALUES_TOO = 0.7, 0.15
ENOUGH_VALUES = 0.8
DOUBTFULLY_CUT = 0.8
BY_RANK = 0.6
"""“AO02” may be the second option: only the person who wrote the form knows."""
INSIDE = re.compile(r"\[([^\]]+)\]\s*$")
CODED = re.compile(r"^\w+\[(\w+)\]\. ")
"""Code and text both, as LimeSurvey writes them: “Q1[SQ001]. Your age: []”."""
AFTER = re.compile(r"(?:\s[-–:/]\s|_)([^_]+)$")
NUMBERED = re.compile(r" \(\d+\)$")
"""What tells apart two columns of one name, added by our reader."""
SLASHED = re.compile(r"/([^/\s][^/]*)$")
"""As KoboToolbox names the box of a question: “difficulties/time”."""
DOTTED = re.compile(r"^\w+\.(\w+)$")
"""As our own exports by codes name the line of a matrix: “grid.mail”."""
RANK = re.compile(r"(?:AO|A|SQ|L)?0*(\d{1,2})", re.IGNORECASE)
SEPARATORS = (" · ", "|", ";", ",", "/")
"""The first is what our own exports in words write between several answers."""
SPACE = " "
"""Between codes, as ODK and KoboToolbox write them; never guessed between words."""
YES = frozenset({"y", "yes", "oui", "o", "true", "vrai", "1", "x", "coche", "checked"})
NO = frozenset({"n", "no", "non", "false", "faux", "0", "unchecked", "non coche"})

Level = Literal["sure", "likely", "none"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may be meant: a question or an option, in all its wordings."""

    code: str
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its options."""

    choice: Choice
    options: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """What is probably meant; an empty code when nothing is."""

    code: str = ""
    confidence: float = 0.0

    @property
    def level(self) -> Level:
        if self.confidence >= SURE:
            return "sure"
        return "likely" if self.confidence >= LIKELY else "none"


NOTHING = Guess()


def resemblance(one: str, other: str) -> float:
    """Dice's share of telling words in common.

    >>> resemblance("Votre profil", "Quel est votre profil ?")
    1.0
    >>> resemblance("Un élu est chargé du numérique", "Un élu chargé des sports")
    0.6666666666666666
    """
    a, b = telling_words(one), telling_words(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def guess_question(
    name: str, values: Sequence[str], questions: Sequence[Asked]
) -> Guess:
    """The question that a column answers, from its name and its different values.

    >>> p2 = Asked(Choice("P2", ("Un élu est-il chargé du numérique ?",)))
    >>> guess_question("p2", ["Oui"], [p2])
    Guess(code='P2', confidence=0.95)
    """
    guesses = [
        Guess(question.choice.code, _confidence(name, values, question))
        for question in questions
    ]
    # “F20_transport/walk” begins with F20 too: the longest code is the one meant.
    begun = {g.code: len(g.code) for g in guesses if _begins(name, g.code)}
    best = max(
        guesses,
        key=lambda guess: (guess.confidence, begun.get(guess.code, 0)),
        default=NOTHING,
    )
    if best.level == "none":
        return NOTHING
    options = next(q.options for q in questions if q.choice.code == best.code)
    if options and _is_doubtfully_cut(values, options):
        return Guess(best.code, min(best.confidence, DOUBTFULLY_CUT))
    return best


def guess_option(text: str, options: Sequence[Choice]) -> Guess:
    """The option that a cell, or the end of a column's name, means.

    >>> yes, no = Choice("yes", ("Oui, un élu",)), Choice("no", ("Non",))
    >>> guess_option("OUI", [yes, no]), guess_option("AO02", [yes, no])
    (Guess(code='yes', confidence=0.9), Guess(code='no', confidence=0.6))
    """
    said = simple(text)
    for option in options:
        if said in {simple(option.code), *(simple(w) for w in option.wordings)}:
            return Guess(option.code, 1.0)
    if (shared := _yes_or_no(said, options)).code:
        return shared
    found = [
        Guess(
            option.code,
            ALL_WORDS * max((resemblance(text, w) for w in option.wordings), default=0),
        )
        for option in options
    ]
    best = max(found, key=lambda guess: guess.confidence, default=NOTHING)
    if best.level != "none":
        return best
    return _by_rank(text.strip(), options)


def guess_part(name: str, question: str, parts: Sequence[Choice]) -> Guess:
    """The box, or the line, that a column of a question stands for.

    ODK Central writes as an underscore what its protocol forbids in a name.

    >>> guess_part("F20_week_morning", "F20", [Choice("week_morning", ())])
    Guess(code='week_morning', confidence=1.0)
    """
    said = simple(own_name(name))
    for one in parts:
        if said == simple(f"{question}_{one.code}"):
            return Guess(one.code, 1.0)
    return guess_option(part_of(name) or own_name(name), parts)


def part_of(name: str) -> str:
    """The end of a column's name that tells its box, or nothing.

    >>> part_of("P3[SQ001]"), part_of("Moyens - Une bibliothèque"), part_of("P3_2")
    ('SQ001', 'Une bibliothèque', '2')
    >>> part_of("means/a_library")
    'a_library'
    """
    name = own_name(name)
    looks = (INSIDE, CODED, DOTTED, SLASHED, AFTER)
    found = next((match for look in looks if (match := look.search(name))), None)
    return found[1].strip() if found else ""


def own_name(name: str) -> str:
    """A column's name as its file writes it, without the number we add to a twin."""
    return NUMBERED.sub("", name)


def guess_separator(values: Sequence[str], options: Sequence[Choice]) -> str | None:
    """What separates several answers in one cell: what makes most parts known.

    >>> guess_separator(["Oui; Non", "Non"], [Choice("a", ("Oui",)), Choice("b", ())])
    ';'
    >>> guess_separator(["car walk", "walk"], [Choice("car", ()), Choice("walk", ())])
    ' '
    """
    known = _known(options)
    best, most = None, 0
    for separator in SEPARATORS:
        cut = [part for value in values for part in value.split(separator)]
        count = sum(simple(part) in known for part in cut)
        if count > most and any(separator in value for value in values):
            best, most = separator, count
    if best is None and all(
        simple(part) in known for value in values for part in value.split(SPACE)
    ):
        return SPACE if any(SPACE in value for value in values) else None
    return best


def cuts_cleanly(
    values: Sequence[str], options: Sequence[Choice], separator: str
) -> bool:
    """Whether all parts are answers, and no answer holds the separator in its words.

    >>> cuts_cleanly(["Oui; Non"], [Choice("a", ("Oui",)), Choice("b", ("Non",))], ";")
    True
    >>> cuts_cleanly(["Oui, un peu"], [Choice("a", ("Oui, un peu",))], ",")
    False
    """
    if any(separator in words for option in options for words in option.wordings):
        return False
    known = _known(options)
    cut = (value.split(separator) for value in values if separator in value)
    return all(simple(part) in known for parts in cut for part in parts)


def _known(options: Sequence[Choice]) -> set[str]:
    return {simple(w) for option in options for w in (option.code, *option.wordings)}


def is_cut_without_doubt(values: Sequence[str], options: Sequence[Choice]) -> bool:
    """Whether each cell is an answer, or several once cut, with nothing left over.

    >>> options = [Choice("a_car", ("Une auto",)), Choice("walk", ("La marche",))]
    >>> is_cut_without_doubt(["a_car walk", "walk"], options)
    True
    >>> is_cut_without_doubt(["Une auto La marche"], options)
    False
    """
    separator = guess_separator(values, options)
    if separator is None:
        return share_known(values, options) == 1
    return separator == SPACE or cuts_cleanly(values, options, separator)


def _is_doubtfully_cut(values: Sequence[str], options: Sequence[Choice]) -> bool:
    """Whether cells that are no answer hold a separator, and parts that are none."""
    known = _known(options)
    others = [
        value
        for value in values
        if simple(value) not in known and any(one in value for one in SEPARATORS)
    ]
    separator = guess_separator(others, options)
    if separator is None:
        return bool(others)
    return not cuts_cleanly(others, options, separator)


def _confidence(name: str, values: Sequence[str], question: Asked) -> float:
    code, said = simple(question.choice.code), simple(name)
    if said == code:
        return CODE_ALONE
    if _begins(name, question.choice.code):
        return CODE_WITH_MORE
    words = max(
        (_in_common(name, wording) for wording in question.choice.wordings),
        default=0.0,
    )
    fits = share_known(values, question.options) >= ENOUGH_VALUES
    if words >= LIKELY:
        return min(words + VALUES_TOO * fits, ALL_WORDS)
    says_more = {simple(value) for value in values} - YES - NO
    return VALUES_ALONE if fits and len(values) > 1 and says_more else 0.0


def _begins(name: str, code: str) -> bool:
    """Whether a column's name is a code, or begins with it."""
    return bool(re.match(rf"{re.escape(simple(code))}(?![a-z0-9])", simple(name)))


def _in_common(name: str, wording: str) -> float:
    """The whole name, or what stands before the box it names."""
    name = own_name(name)
    part = part_of(name)
    before = name[: name.rindex(part)] if part else name
    return ALL_WORDS * max(resemblance(name, wording), resemblance(before, wording))


def share_known(values: Sequence[str], options: Sequence[Choice]) -> float:
    """The share of the different values that are answers of a question."""
    if not values or not options:
        return 0.0
    known = _known(options)
    return sum(simple(value) in known for value in values) / len(values)


def _yes_or_no(said: str, options: Sequence[Choice]) -> Guess:
    """“Oui” or “Y” means the only option that begins with yes."""
    for words, start in ((YES, {"oui", "yes"}), (NO, {"non", "no"})):
        if said in words:
            meant = [o.code for o in options if _first_words(o) & start]
            return Guess(meant[0], 0.9) if len(meant) == 1 else NOTHING
    return NOTHING


def _first_words(option: Choice) -> set[str]:
    texts = (option.code, *option.wordings)
    return {re.split(r"\W+", simple(text), maxsplit=1)[0] for text in texts}


def _by_rank(text: str, options: Sequence[Choice]) -> Guess:
    found = RANK.fullmatch(text)
    rank = int(found[1]) if found else 0
    return (
        Guess(options[rank - 1].code, BY_RANK) if 0 < rank <= len(options) else NOTHING
    )
