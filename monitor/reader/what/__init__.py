"""What a number counts, and of whom: nouns, people, forms, rows."""
