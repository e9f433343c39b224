"""Reads language: which texts concern trafficking in persons in Peru, and which statistics stand in them.

Pure: no store, no settings, no clock, no network. Spiders may import this package, and nothing else of `monitor`.
"""
