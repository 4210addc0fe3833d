"""Pictures of pages as PNG with a palette: a third of the size that a browser writes."""

import base64
import struct
import zlib

from playwright.async_api import Page

# Text and icons on plain paper have few colours that matter: the 128 most frequent stay, then those which would be missed most,
# for being many or unlike the others. Each remaining one becomes its nearest.
INDEX = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0))
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const paper = canvas.getContext('2d')
  paper.drawImage(bitmap, 0, 0)
  const { data } = paper.getImageData(0, 0, bitmap.width, bitmap.height)
  const colours = new Int32Array(data.length / 4)
  const counts = new Map()
  for (let at = 0; at < colours.length; at++) {
    const colour = (data[4 * at] << 16) | (data[4 * at + 1] << 8) | data[4 * at + 2]
    colours[at] = colour
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const far = (a, b) => ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2
  const palette = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 128).map(([colour]) => colour)
  const others = [...counts.keys()].filter((colour) => !palette.includes(colour)).sort((a, b) => a - b)
  const nearest = others.map((colour) => Math.min(...palette.map((kept) => far(colour, kept))))
  while (palette.length < 256 && palette.length < counts.size) {
    let most = 0
    const missed = (at) => nearest[at] * counts.get(others[at])
    for (let at = 1; at < others.length; at++) if (missed(at) > missed(most)) most = at
    palette.push(others[most])
    others.forEach((colour, at) => (nearest[at] = Math.min(nearest[at], far(colour, others[most]))))
  }
  const places = new Map(palette.map((colour, place) => [colour, place]))
  for (const colour of counts.keys()) {
    if (places.has(colour)) continue
    let best = 0
    for (let place = 1; place < palette.length; place++) if (far(colour, palette[place]) < far(colour, palette[best])) best = place
    places.set(colour, best)
  }
  let text = ''
  for (let at = 0; at < colours.length; at++) text += String.fromCharCode(places.get(colours[at]))
  return { width: bitmap.width, height: bitmap.height, palette, pixels: btoa(text) }
}"""


async def with_palette(page: Page, png: bytes) -> bytes:
    """The same picture with at most 256 colours; `page` is any page without a policy of its own, such as about:blank."""
    found = await page.evaluate(INDEX, base64.b64encode(png).decode("ascii"))
    width, height = found["width"], found["height"]
    pixels = base64.b64decode(found["pixels"])
    palette = b"".join(colour.to_bytes(3, "big") for colour in found["palette"])
    lines = b"".join(b"\0" + pixels[line * width : (line + 1) * width] for line in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (_chunk(b"IHDR", header), _chunk(b"PLTE", palette), _chunk(b"IDAT", zlib.compress(lines, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
