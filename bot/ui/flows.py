"""The names of the flows, in the order that `ResumeFlow.flow` counts. Only ever append."""

FLOWS = ("sell", "requirements", "deliver", "changes", "cancel", "review", "support", "answer")
