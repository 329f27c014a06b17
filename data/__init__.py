"""The outside world: files, database, engines, environment, clock, cache."""
