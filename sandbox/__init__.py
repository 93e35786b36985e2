"""A local Telegram: a strict Bot API server and the people who use it, for trying and testing bots.

It knows nothing of any bot: only the base address and the token of a bot point here.
"""
