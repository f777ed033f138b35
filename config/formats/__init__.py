"""How dates are written, where the house departs from Django."""
