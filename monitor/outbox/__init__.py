"""Which channel hears of which change, and the sending."""
