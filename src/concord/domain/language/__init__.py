"""The two text languages' common ground: TOML with lines, values, conditions, references."""
