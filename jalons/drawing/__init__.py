"""Maps and charts as SVG: one geometry, two skins, no outside library."""
