"""What `analysis` computes, for answers that no longer fit one process.

The same formulas, written once as Ibis expressions and run by DuckDB (one machine,
files larger than its memory) or by Apache Spark (many). `analysis` stays the reference:
the tests hold both engines to its numbers. Needs the extra `[scale]`; the pages of the
site never import it. `docs/scale.md` says when to use it, and how.
"""
