"""What place a number is about."""
