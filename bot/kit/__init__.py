"""Telegram plumbing and nothing of the business: updates in, screens out, sessions, lanes."""

import os

# PTB reads this whenever it hands out a duration: timedeltas from the first day.
os.environ["PTB_TIMEDELTA"] = "1"
