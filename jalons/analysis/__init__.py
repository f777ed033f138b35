"""Formulas: plain values in, frozen dataclasses out.

Nothing here knows Django, opens a file, reads a clock or draws a hidden random
number: the same input always gives the same output.
"""

from __future__ import annotations
