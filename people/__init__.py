"""Who: persons and their roles, how they sign in, and the organisations that ask.

Organisations have no account; what they asked for is theirs by a private link (`core.links`).
"""
