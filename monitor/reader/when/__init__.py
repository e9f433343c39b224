"""What time a number covers: times of a sentence, the main time of a text."""
