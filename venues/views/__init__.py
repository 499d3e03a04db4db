"""The planner's pages about venues and rooms."""

from flask import Blueprint

from core.errors import register_phrases
from venues import phrases
from venues.views import closures, hosts, rooms, venues
from venues.views.blueprint import bp

blueprints: list[Blueprint] = [bp]

register_phrases(phrases.say)

__all__ = ["blueprints", "closures", "hosts", "rooms", "venues"]
