"""Photos of a room (page 3 of a new one)."""

from collections.abc import Mapping
from itertools import islice

from flask import Response, flash, url_for

from core.clock import utcnow
from core.db import transact
from core.errors import sentences
from core.findings import Refused, blocker
from core.language import gettext as _
from core.pages import go_to, page
from core.uploads import takes_files
from people.access import current_actor, host_only
from venues import services
from venues.forms import DescribeForm, PhotosForm
from venues.models import Room
from venues.pictures import NotAPicture, read_picture
from venues.queries.photos import photos_of
from venues.services.photos import MOST_PHOTOS
from venues.views import refusals
from venues.views.hosting.blueprint import bp
from venues.views.hosting.loading import own_room_or_404
from venues.views.hosting.steps import step

MEGABYTES = 40  # three photos as a telephone makes them


@bp.get("/ruimtes/<int:room_id>/fotos")
@host_only
def photos(room_id: int) -> Response:
    return _photos_page(own_room_or_404(room_id), PhotosForm())


@bp.post("/ruimtes/<int:room_id>/fotos")
@takes_files(MEGABYTES)
@host_only
def add_photos(room_id: int) -> Response:
    """The photos are drawn anew before the database is asked: that takes a while."""
    found = own_room_or_404(room_id)
    form = PhotosForm()
    if not form.validate_on_submit():
        return _photos_page(found, form, 422)
    new = _read(form)
    if form.is_refused:
        return _photos_page(found, form, 422)
    try:
        transact(
            services.add_photos,
            room_id,
            new,
            by=current_actor(),
            now=utcnow(),
            form_token=str(form.form_token.data),
        )
    except Refused as refusal:
        return _photos_page(found, form, refusals.put(refusal, form))
    flash(_("De foto's zijn bewaard."))
    return _to_photos(room_id)


@bp.post("/ruimtes/<int:room_id>/fotos/<int:photo_id>/tekst")
@host_only
def describe_photo(room_id: int, photo_id: int) -> Response:
    found = own_room_or_404(room_id)
    form = DescribeForm.of(photo_id)
    if not form.validate_on_submit():
        return _photos_page(found, PhotosForm(None), 422, {photo_id: form})
    by, now = current_actor(), utcnow()
    transact(services.describe_photo, room_id, photo_id, str(form.text.data), by=by, now=now)
    flash(_("De tekst is bewaard."))
    return _to_photos(room_id)


@bp.post("/ruimtes/<int:room_id>/fotos/<int:photo_id>/eerder")
@host_only
def show_earlier(room_id: int, photo_id: int) -> Response:
    own_room_or_404(room_id)
    transact(services.show_earlier, room_id, photo_id, by=current_actor(), now=utcnow())
    return _to_photos(room_id)


@bp.post("/ruimtes/<int:room_id>/fotos/<int:photo_id>/weg")
@host_only
def remove_photo(room_id: int, photo_id: int) -> Response:
    own_room_or_404(room_id)
    transact(services.remove_photo, room_id, photo_id, by=current_actor(), now=utcnow())
    flash(_("De foto is weg."))
    return _to_photos(room_id)


def _read(form: PhotosForm) -> list[services.NewPhoto]:
    """What is no photo is said at its field."""
    new = []
    for row in form.chosen():
        try:
            picture = read_picture(row.file.data.read())
        except NotAPicture as error:
            form.refuse(sentences([blocker(error.code)]), row.file.name)
        else:
            new.append(services.NewPhoto(picture, row.text.data))
    return new


def _to_photos(room_id: int) -> Response:
    return go_to(url_for("hosting.photos", room_id=room_id))


def _photos_page(
    found: Room,
    adding: PhotosForm,
    status: int = 200,
    refused: Mapping[int, DescribeForm] | None = None,
) -> Response:
    """`refused`: the form of a text that could not be kept, by the id of its photo."""
    refused, kept = dict(refused or {}), photos_of([found.id])[found.id]
    left = MOST_PHOTOS - len(kept)
    texts = {each.id: DescribeForm.of(each.id, each.alternative_text) for each in kept} | refused
    return page(
        "hosting/photos.html",
        status,
        form=next(iter(refused.values()), adding),
        adding=adding,
        rows=list(islice(adding.rows(), left)),
        texts=[texts[each.id].about(n) for n, each in enumerate(kept, start=1)],
        room=found,
        photos=kept,
        left=left,
        at_most=MOST_PHOTOS,
        step=step("hosting.photos", found),
    )
