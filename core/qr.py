"""QR codes as pictures in a page."""

import segno
from markupsafe import Markup


def qr_picture(address: str) -> Markup:
    """As SVG, as large as its surroundings let it; medium error correction, for a bit of dirt."""
    code = segno.make(address, error="m", micro=False)
    return Markup(  # noqa: S704 - segno writes it, from modules alone
        code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, border=2)
    )
