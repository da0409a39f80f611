"""Photos as a telephone makes them."""

from io import BytesIO

from PIL import Image, ImageDraw


def a_photo(
    size: tuple[int, int] = (300, 400), *, kind: str = "JPEG", mode: str = "RGB", **more: object
) -> bytes:
    """Return a photo with its top left quarter red."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="red")
    file = BytesIO()
    picture.convert(mode).save(file, kind, **more)
    return file.getvalue()
