"""The marketplace itself: pure values and rules. No clock, no database, no Telegram."""
