"""The same history, read from a terminal."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from jalons.roadmaps import operations


def test_the_history_is_told_as_json_and_in_words(capsys, roadmap, workstream, officer):
    stake = workstream.stake
    stake.text = "Comment faire mieux ?"
    operations.save_stake(stake, version=1, by=officer)

    call_command("roadmap_history", roadmap.pk, "--json", line=f"stake-{stake.pk}")
    changed, wrote = json.loads(capsys.readouterr().out)
    call_command("roadmap_history", roadmap.pk)
    words = capsys.readouterr().out

    assert ("changed", "Chargée de mission") == (changed["fate"], changed["by"])
    assert [("1", 2), ("1", 1)] == [(o["code"], o["version"]) for o in (changed, wrote)]
    assert "Comment faire mieux ?" == changed["changes"][0]["after"]
    assert 3 == sum("Chargée de mission" in line for line in words.splitlines())


def test_neither_an_unknown_roadmap_nor_an_unknown_line_is_told(db, roadmap):
    with pytest.raises(CommandError, match="9999"):
        call_command("roadmap_history", 9999)
    for name in ("space-1", "stake-x"):
        with pytest.raises(CommandError, match=name):
            call_command("roadmap_history", roadmap.pk, line=name)
