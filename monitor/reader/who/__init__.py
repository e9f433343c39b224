"""Who counted: voices of a sentence, who holds the floor."""
