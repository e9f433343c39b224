"""What is watched, who is told, by which rules: the catalogue and `tratawatch.toml`, checked at start."""
