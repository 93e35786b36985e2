"""Use cases: one class per area, one method per thing a person, the clock or a provider can do.

Every method opens its own unit of work through `ports.Storage`. Rules are in `market`, SQL in
`storage`, words and Telegram in `bot`; `registry.wire` puts the classes together.
"""
