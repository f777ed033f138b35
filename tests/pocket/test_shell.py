"""What a telephone keeps of the application: all of it, small, in two languages."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from jalons.pocket import shell
from jalons.pocket.words import texts

LARGEST = 60_000
SCRIPTS = sorted(Path(str(finders.find(shell.MODULES))).glob("*.js"))
# Names put together by the scripts from what the server says.
BUILT = ("line_", "notice_", "mend_")


def test_the_whole_application_weighs_60_kilobytes_compressed_at_most(client):
    urls = [*shell.files(), reverse("pocket:sync_worker")]
    plain = [url for url in urls if not url.startswith("/static/")]
    contents = [client.get(url).content for url in plain]
    contents += [
        Path(str(finders.find(url.removeprefix("/static/")))).read_bytes()
        for url in urls
        if url not in plain
    ]

    size = sum(len(gzip.compress(content)) for content in contents)

    assert len(contents) > 25
    assert size <= LARGEST, size


def test_every_script_that_another_imports_is_kept_on_the_phone():
    imported = {
        name
        for path in SCRIPTS
        for name in re.findall(r'(?:from|import) "\./([a-z]+\.js)"', path.read_text())
    }
    kept = {url.rpartition("/")[2] for url in shell.files()}

    assert len(imported) > 15
    assert imported <= kept


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_short_and_every_word_it_says_is_known(path):
    text = path.read_text()
    said = set(re.findall(r'\bsay\(\s*"([a-z_]+)"', text))
    said |= {
        f"{name}_{many}"
        for name in re.findall(r'\bcount\(\s*"([a-z_]+)"', text)
        for many in ("one", "many")
    }

    assert len(text.splitlines()) <= 200
    assert said <= set(texts()["fr"])


def test_every_word_is_said_by_a_script():
    scripts = "\n".join(path.read_text() for path in SCRIPTS)
    names = set(texts()["fr"])

    def stem(name):
        return re.sub(r"_(one|many)$", "", name)

    unsaid = {one for one in names if f'"{stem(one)}"' not in scripts}

    assert set(texts()["en"]) == names
    assert {one for one in unsaid if not one.startswith(BUILT)} == set()


def test_the_page_without_a_script_says_to_use_the_paper_form(client):
    page = client.get(reverse("pocket:app"), HTTP_ACCEPT_LANGUAGE="fr")

    assert "formulaire papier" in page.content.decode()
    assert "no-cache" == page["Cache-Control"]
