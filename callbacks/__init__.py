"""Where the outside calls in: browser events, command line. Parse, ask, draw."""
