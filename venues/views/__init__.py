"""The pages about venues: the planner's, those of hosts, and photos."""

from flask import Blueprint

from core.errors import register_phrases
from venues import phrases, story_phrases
from venues.views import closures, hosting, hosts, offering, outside, photos, rooms, venues, words
from venues.views.blueprint import bp

blueprints: list[Blueprint] = [bp, hosting.bp, offering.bp, photos.bp, outside.bp]

register_phrases(phrases.say)
bp.app_template_filter("place_history")(story_phrases.details)

__all__ = ["blueprints", "closures", "hosts", "rooms", "venues", "words"]
