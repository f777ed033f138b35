"""French is set as in print, wherever it is written: texts of the site, templates."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings

from jalons.cli.management.commands.messages import read_catalog

# What is not read as words: marks, gaps to fill, addresses, entities, header names.
NOT_WORDS = re.compile(
    r"<[^>]*>|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|%\(\w+\)[sd]|https?://\S+|&#?\w+;"
    r"|Authorization: Bearer",
    re.DOTALL,
)
FAULTS = {
    "an apostrophe of a typewriter": re.compile(r"\w'\w"),
    "a space that may break before a mark": re.compile(r" [;:!?»%](?!\w)"),
    "no space before a mark": re.compile(r"\w[;!?»:](?=\s|$)"),
    "a space that may break after «": re.compile(r"«[^\u00a0\u202f]"),
    "three dots for an ellipsis": re.compile(r"\w\.\.\.(?!\.)"),
}


# What French wants and English does not: 12 %, 20 500 €, Why ?
NOT_ENGLISH = re.compile(r"\s[;:!?%](?!\w)|[«»]|\b\d{1,3}\s\d{3}\b|[\dx]\s?€")


def faults(text: str) -> list[str]:
    # An x stands for what is left out: a mark after a gap has its space too.
    words = NOT_WORDS.sub("x", text)
    return [name for name, rule in FAULTS.items() if rule.search(words)]


def translations() -> Iterator[str]:
    for message in read_catalog():
        if message.id:
            told = message.string
            yield from [told] if isinstance(told, str) else told


def test_every_french_text_is_set_as_in_print():
    assert not [(text, found) for text in translations() if (found := faults(text))]


def test_every_english_text_is_set_as_in_english():
    texts = [one for message in read_catalog() if (one := message.id)]
    told = [part for one in texts for part in ([one] if isinstance(one, str) else one)]

    assert not [text for text in told if NOT_ENGLISH.search(NOT_WORDS.sub("x", text))]


def test_french_written_straight_in_a_template_is_set_as_in_print():
    """English has its marks glued to its words: only what is French is looked for."""
    broken = re.compile(r"« | [»?!;](?:\s|$)|\b[cdjlmnst]'[a-zéèêàh]", re.IGNORECASE)

    assert not [
        (path.name, found[0])
        for path in sorted((settings.BASE_DIR / "templates").rglob("*.*"))
        if (found := broken.search(NOT_WORDS.sub("x", path.read_text("utf-8"))))
    ]


def test_a_mark_between_two_words_of_a_template_is_that_of_the_language():
    """French sets a colon and a semicolon apart: bare ones are glued in both."""
    sentence = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}", re.DOTALL)
    glued = re.compile(r"(?:</\w+>|%}|}})[:;] ")

    assert not [
        path.name
        for path in sorted((settings.BASE_DIR / "templates").rglob("*.html"))
        if "emails" not in path.parts
        and glued.search(sentence.sub("", path.read_text("utf-8")))
    ]


@pytest.mark.parametrize(
    "text",
    ["l'action", "Où ?", "Où?", "« Oui »", "Nom: %(name)s", "20 %", "etc..."],
)
def test_what_is_not_set_as_in_print_is_found(text):
    assert faults(text)


def test_what_is_set_as_in_print_is_left_alone():
    text = "« L’action »\u202f: %(n)s\u00a0%, à 12:30… <a href='x'>Où\u202f?</a>"

    assert not faults(text.replace("« ", "«\u202f").replace(" »", "\u202f»"))
