"""Public texts of places that could be kinder, for planners to talk about with the host."""

from flask import Response

from core.pages import page
from people.access import planner_only
from venues.kinder import rooms_to_word_kinder
from venues.views.blueprint import bp


@bp.get("/woorden")
@planner_only
def words() -> Response:
    return page("venues/words.html", found=rooms_to_word_kinder())
