"""Figures as plain dicts and shapes as SVG text: pure functions from results and words."""
