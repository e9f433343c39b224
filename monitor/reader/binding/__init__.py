"""Ties numbers to all that is said around them."""
