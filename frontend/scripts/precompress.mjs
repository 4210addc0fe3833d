// Writes .br, .zst and .gz beside every text file of dist/, so that the NAS never compresses while somebody waits.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url).pathname
const TEXT = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt', '.webmanifest', '.wasm'])
const WORTH_IT = 1024

const encoders = {
  br: (data) =>
    promisify(brotliCompress)(data, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length },
    }),
  zst: (data) => promisify(zstdCompress)(data, { params: { [constants.ZSTD_c_compressionLevel]: 19 } }),
  gz: (data) => promisify(gzip)(data, { level: 9 }),
}

const entries = await readdir(dist, { recursive: true, withFileTypes: true })
const files = entries
  .filter((entry) => entry.isFile() && TEXT.has(extname(entry.name)))
  .map((entry) => join(entry.parentPath, entry.name))

let made = 0
for (const file of files.filter((name) => !name.includes('/.vite/'))) {
  const data = await readFile(file)
  if (data.length < WORTH_IT) continue
  for (const [extension, encode] of Object.entries(encoders)) {
    const packed = await encode(data)
    if (packed.length >= data.length) continue
    await writeFile(`${file}.${extension}`, packed)
    made++
  }
}
console.log(`precompressed: ${made} files`)
