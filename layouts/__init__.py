"""What it looks like: pure functions from results and words to figures and components."""
