"""The bench: what is claimed about speed, measured in pairs in one run. `make bench`."""
