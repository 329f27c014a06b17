"""`make survive`: everything that may happen to a server, done to it, and what is left counted."""
