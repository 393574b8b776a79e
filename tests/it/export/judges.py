"""Foreign opinions on exported packs, one JSON line for each line of questions on standard input."""

import json
import sys
from pathlib import Path


def pillow(file):
    """What Pillow sees: format, size, frames, mode with alpha, highest alpha of the corners."""
    from PIL import Image

    with Image.open(file) as picture:
        frames = getattr(picture, "n_frames", 1)
        alpha = picture.convert("RGBA").getchannel("A")
        width, height = picture.size
        corners = [alpha.getpixel((x, y)) for x in (0, width - 1) for y in (0, height - 1)]
        return {"format": picture.format, "size": [width, height], "frames": frames, "corner": max(corners)}


def sticker_convert(file, preset):
    """Does sticker-convert's own verifier take the file under its own numbers?"""
    import sticker_convert
    from sticker_convert.job_option import CompOption
    from sticker_convert.utils.media.format_verify import FormatVerify

    presets = Path(sticker_convert.__file__).parent / "resources" / "compression.json"
    numbers = json.loads(presets.read_text())[preset]
    # Its least rate of frames is for animations; a still picture has none.
    size, edges, duration = (numbers[key] for key in ("size_max", "res", "duration"))
    wanted = CompOption(
        size_max_img=size["img"],
        size_max_vid=size["vid"],
        format_img=(numbers["format"]["img"],),
        format_vid=(numbers["format"]["vid"],),
        res_w_min=edges["w"]["min"],
        res_w_max=edges["w"]["max"],
        res_h_min=edges["h"]["min"],
        res_h_max=edges["h"]["max"],
        duration_min=duration["min"],
        duration_max=duration["max"],
        animated=False,
    )
    return FormatVerify.check_file(Path(file), wanted)


def signal(folder):
    """A Signal pack through signalstickers-client: built, encrypted, decrypted, compared. Nothing is sent."""
    from signalstickers_client.classes import Stickers_pb2
    from signalstickers_client.classes.signalcrypto import decrypt, derive_key, encrypt
    from signalstickers_client.models import LocalStickerPack, Sticker

    folder = Path(folder)
    emoji = json.loads((folder / "emoji.txt").read_text())
    pack = LocalStickerPack()
    pack.title = (folder / "title.txt").read_text()
    pack.author = (folder / "author.txt").read_text()
    for number, (name, sign) in enumerate(sorted(emoji.items())):
        sticker = Sticker()
        sticker.id = number
        sticker.emoji = sign
        sticker.image_data = (folder / f"{name}.png").read_bytes()
        pack._addsticker(sticker)
    key = bytes(range(32)).hex()
    read = Stickers_pb2.Pack()
    read.ParseFromString(decrypt(encrypt(pack.manifest, *derive_key(key)), key))
    listed = [(sticker.id, sticker.emoji) for sticker in read.stickers]
    same = listed == [(sticker.id, sticker.emoji) for sticker in pack.stickers]
    return {"title": read.title, "author": read.author, "stickers": len(listed), "same": same}


JUDGES = {"pillow": pillow, "sticker-convert": sticker_convert, "signal": signal}

for line in sys.stdin:
    judge, *words = json.loads(line)
    try:
        said = JUDGES[judge](*words)
    except Exception as error:  # what a judge cannot read is an opinion too
        said = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(said), flush=True)
