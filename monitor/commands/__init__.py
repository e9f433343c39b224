"""The commands, by what they do: parse, call, print, exit code; no logic."""
