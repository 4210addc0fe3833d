import { encodeQR } from 'qr'

/** The light border that scanners need around a code, in modules. */
const QUIET = 4

/** A QR code as an SVG path of its dark modules, and how many modules the picture is wide with its quiet border. */
export function qrPath(text: string): { path: string; size: number } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET })
  const parts: string[] = []
  for (const [y, row] of rows.entries()) {
    let x = 0
    while (x < row.length) {
      const start = x
      while (row[x]) x++
      if (x > start) parts.push(`M${start} ${y}h${x - start}v1h-${x - start}z`)
      x++
    }
  }
  return { path: parts.join(''), size: rows.length }
}
