"""Screens as pure functions of what they show and a translator; one module per area."""
