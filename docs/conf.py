"""The documentation site, made by Sphinx from this folder: `make site`."""

from __future__ import annotations

project = "Jalons"
author = "Jalons"
language = "fr"
extensions = ["myst_parser"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Jalons"
html_show_sphinx = False
html_copy_source = False
exclude_patterns = ["conf.py"]
