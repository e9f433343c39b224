"""The kinds of watches: pure readers of the bytes that an address answered with."""
