"""The `jalons` command: `jalons load-reference` runs `manage.py load_reference`."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a management command, its name written with hyphens or underscores."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    program, *arguments = sys.argv
    if arguments and not arguments[0].startswith("-"):
        arguments[0] = arguments[0].replace("-", "_")
    execute_from_command_line([program, *arguments])
