"""python -m sandbox probe: asks any Bot API server the same questions and shows what differs."""
