"""Whether an item is about trafficking in persons and concerns Peru."""
