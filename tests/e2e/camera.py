"""A camera that sees what a test holds up to it. The page reads it with its own reader, as browsers without one do."""

import segno

CAMERA = """() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 640 })
  const paint = canvas.getContext('2d')
  paint.fillStyle = 'white'
  paint.fillRect(0, 0, 640, 640)
  globalThis.showCode = (rows) => {
    const size = 480 / rows.length
    paint.fillStyle = 'white'
    paint.fillRect(0, 0, 640, 640)
    paint.fillStyle = 'black'
    rows.forEach((row, y) => [...row].forEach((dark, x) => {
      if (dark === '1') paint.fillRect(80 + x * size, 80 + y * size, size, size)
    }))
  }
  setInterval(() => paint.fillRect(0, 0, 1, 1), 50)
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20)
  delete globalThis.BarcodeDetector
}"""
REFUSE = """() => {
  navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError') }
}"""


def drawn(code: str) -> list[str]:
    """A QR code as rows of 0 and 1."""
    return ["".join(str(int(dark)) for dark in row) for row in segno.make(code, error="m", micro=False).matrix]
