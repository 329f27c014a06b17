"""Attacks: what somebody would try who wants in, or further than they may. `make attack`."""
