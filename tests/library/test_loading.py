from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jalons.library.loading import load_library, shipped_files
from jalons.library.models import Edition, Sheet

ONE = """
id = "one"
author = "Jalons"
reviewer = ""
[document]
id = "S000"
title = "Un document"
dated = "2023-01"
[[sheet]]
code = "une-fiche"
kind = "{kind}"
seed = "S000"
title = "{title}"
title_en = "A sheet"
summary = "Ce qu’elle dit"
summary_en = "What it says"
tags = ["{tag}"]
"""


def written(tmp_path, *, kind="landmark", title="Une fiche", tag="step:1"):
    path = tmp_path / "one.toml"
    path.write_text(ONE.format(kind=kind, title=title, tag=tag), encoding="utf-8")
    return [path]


def test_a_sheet_is_published_once(tmp_path, db):
    paths = written(tmp_path)

    first = load_library(paths, dry_run=False)
    again = load_library(paths, dry_run=False)

    assert [one.status for one in first + again] == ["new", "same"]
    assert Edition.objects.count() == 1


def test_a_changed_sheet_is_a_new_version(tmp_path, db):
    load_library(written(tmp_path), dry_run=False)

    (outcome,) = load_library(written(tmp_path, title="Mieux dit"), dry_run=False)

    sheet = Sheet.objects.get()
    assert (outcome.status, sheet.title, sheet.edition_number) == (
        "changed",
        "Mieux dit",
        2,
    )


def test_what_left_the_files_is_withdrawn(tmp_path, db):
    load_library(written(tmp_path), dry_run=False)

    outcomes = load_library([], dry_run=False)

    assert [one.status for one in outcomes] == ["withdrawn"]
    assert not Sheet.objects.public().exists()


def test_a_rehearsal_writes_nothing(db):
    out = StringIO()
    call_command("load_library", "--dry-run", "--json", stdout=out)

    report = json.loads(out.getvalue())
    assert report["dry_run"] is True
    assert {one["status"] for one in report["sheets"]} == {"new"}
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("wrong", [{"kind": "poem"}, {"tag": "step:9"}])
def test_an_unknown_word_is_told_and_nothing_is_loaded(tmp_path, db, wrong):
    paths = written(tmp_path, **wrong)

    with pytest.raises(CommandError, match=next(iter(wrong.values()))):
        call_command("load_library", *map(str, paths))
    assert not Sheet.objects.exists()


def test_the_shipped_files_are_sound(db):
    assert len(load_library(shipped_files(), dry_run=True)) >= 60
