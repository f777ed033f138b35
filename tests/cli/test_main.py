"""The `jalons` command writes its words with hyphens, as its documentation does."""

from __future__ import annotations

import sys

import pytest

from jalons.cli.main import main


def test_a_command_is_called_by_its_name_with_hyphens(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["jalons", "export-roadmap", "--help"])

    with pytest.raises(SystemExit) as end:
        main()

    assert 0 == end.value.code
    assert "--national" in capsys.readouterr().out


def test_a_command_that_does_not_exist_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["jalons", "export-nothing"])

    with pytest.raises(SystemExit) as end:
        main()

    assert 0 != end.value.code
    assert "export_nothing" in capsys.readouterr().err
