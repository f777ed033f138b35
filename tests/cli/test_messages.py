"""The catalog of French words: nothing that is written there is lost unseen."""

from __future__ import annotations

import pytest
from babel.messages import Catalog
from babel.messages.pofile import write_po
from django.core.management import CommandError, call_command

from jalons.cli.management.commands import messages

PLURAL = ("%(n)s scheme", "%(n)s schemes")


def french(**words: str | tuple[str, str]) -> Catalog:
    made = Catalog(locale="fr")
    for name, told in words.items():
        made.add(PLURAL if name == "scheme" else name, told)
    return made


@pytest.fixture
def here(tmp_path, settings):
    """A project of one page, and its catalog."""
    settings.BASE_DIR, settings.VAR_DIR = tmp_path, tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    (tmp_path / "jalons").mkdir()
    (tmp_path / "jalons/page.py").write_text(
        '_("Hello")\n_("Bye")\nngettext("%(n)s scheme", "%(n)s schemes", 2)\n'
    )
    return tmp_path


def give(folder, catalog: Catalog, **options: bool) -> None:
    path = folder / "given.po"
    with path.open("wb") as file:
        write_po(file, catalog)
    call_command("messages", merge=path, **options)


def test_words_are_merged_and_those_that_exist_are_not_changed_unseen(here):
    first = french(Hello="Bonjour", scheme=("%(n)s aide", "%(n)s aides"))
    give(here, first)
    give(here, first)

    with pytest.raises(CommandError, match=r"(?s)--replace.*Hello"):
        give(here, french(Hello="Salut", Bye="Au revoir"))
    assert ("Bonjour", "") == tuple(
        messages.read_catalog().get(name).string for name in ("Hello", "Bye")
    )

    give(here, french(Bye="Au revoir"))
    give(here, french(Hello="Salut"), replace=True)

    read = messages.read_catalog()
    assert ("Salut", "Au revoir") == (read.get("Hello").string, read.get("Bye").string)
    assert ("%(n)s aide", "%(n)s aides") == read.get(PLURAL).string
    assert [] == messages.missing(read)


def test_another_plural_is_a_change(here):
    give(here, french(scheme=("%(n)s aide", "%(n)s aides")))

    with pytest.raises(CommandError, match="scheme"):
        give(here, french(scheme=("%(n)s aide", "%(n)s appuis")))


def test_a_text_that_gains_or_loses_its_plural_keeps_its_words(here):
    page = here / "jalons/page.py"
    page.write_text('_("%(n)s scheme")\n')
    one = Catalog(locale="fr")
    one.add("%(n)s scheme", "%(n)s aide")
    give(here, one)

    page.write_text('ngettext("%(n)s scheme", "%(n)s schemes", 2)\n')
    call_command("messages")

    assert ("%(n)s aide", "") == messages.read_catalog().get(PLURAL).string
    assert 1 == len(messages.missing(messages.read_catalog()))
    give(here, french(scheme=("%(n)s aide", "%(n)s aides")))
    assert [] == messages.missing(messages.read_catalog())

    page.write_text('_("%(n)s scheme")\n')
    call_command("messages")
    assert "%(n)s aide" == messages.read_catalog().get("%(n)s scheme").string


def test_half_a_plural_is_asked_for(here):
    give(here, french(scheme=("%(n)s aide", "")))

    assert 1 == sum(
        "scheme" in one for one in messages.missing(messages.read_catalog())
    )
