"""A sentence as the rules see it: tokens, numbers, mentions, amounts, fields."""
