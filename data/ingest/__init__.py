"""From a file nobody here wrote to rows in the declared shape, and a quarantine that says why."""
