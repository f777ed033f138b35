from __future__ import annotations

import copy

import pytest


@pytest.fixture
def trial_mail(settings, tmp_path):
    """A reason called `trial`, with its text and its HTML."""
    folder = tmp_path / "templates" / "emails"
    folder.mkdir(parents=True)
    (folder / "trial.txt").write_text(
        "{% load i18n %}{% translate 'Search' %} : {{ name }}\n\nBonjour {{ name }},\n"
    )
    (folder / "trial.html").write_text("<p>Bonjour {{ name }}</p>")
    (folder / "plain.txt").write_text("Sans habits\n\nBonjour.\n")
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(tmp_path / "templates")
    settings.TEMPLATES = templates
    return "trial"
