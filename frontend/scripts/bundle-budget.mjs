// Adds up the gzipped JavaScript that a browser loads up to the desk, and fails above the limit.
import { readFileSync, rmSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT_KB = 200
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

/** The chunks of these entries with everything they import statically. */
function closure(keys, seen = new Set()) {
  for (const key of keys) {
    const chunk = manifest[key]
    if (!chunk) throw new Error(`No chunk named ${key} in the manifest.`)
    if (seen.has(key)) continue
    seen.add(key)
    closure(chunk.imports ?? [], seen)
  }
  return seen
}

function size(keys) {
  const files = new Set([...closure(keys)].map((key) => manifest[key].file).filter((file) => file.endsWith('.js')))
  let bytes = 0
  for (const file of files) bytes += gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length
  return bytes / 1000
}

const login = size(['index.html', 'src/pages/login.vue'])
const desk = size([
  'index.html',
  'src/pages/login.vue',
  'src/AppFrame.vue',
  'src/pages/index.vue',
  'src/lib/i18n/es.ts',
])
console.log(`JavaScript, gzipped: login ${login.toFixed(1)} kB; login → desk ${desk.toFixed(1)} kB of ${LIMIT_KB} kB`)
rmSync(new URL('.vite/', dist), { recursive: true })
if (desk > LIMIT_KB) {
  console.error(`The desk may load ${LIMIT_KB} kB of JavaScript at most.`)
  process.exit(1)
}
