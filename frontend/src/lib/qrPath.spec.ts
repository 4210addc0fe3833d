import { decodeQR } from 'qr/decode.js'
import { describe, expect, it } from 'vitest'
import { qrPath } from './qrPath'

const SCALE = 6

/** The picture as a scanner sees it: every module some pixels wide, dark on white. */
function picture({ path, size }: ReturnType<typeof qrPath>) {
  const width = size * SCALE
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    for (let row = Number(y) * SCALE; row < (Number(y) + 1) * SCALE; row++) {
      for (let column = Number(x) * SCALE; column < (Number(x) + Number(run)) * SCALE; column++) {
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3)
      }
    }
  }
  return { width, height: width, data }
}

describe('qrPath', () => {
  it.each(['K7XP-4RMD', 'KRC-000123', 'a code of another make 0123456789 ñ'])('is read again: %s', (code) => {
    expect(decodeQR(picture(qrPath(code)))).toBe(code)
  })
})
