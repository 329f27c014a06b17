"""What the scoreboard knows: pure functions from frames and records to small frozen results."""
