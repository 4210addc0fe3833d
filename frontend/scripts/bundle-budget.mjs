// Adds up the gzipped JavaScript that a browser loads up to the desk, all of the kiosk's and all of the lobby's, and fails above
// the limits.
import { readFileSync, rmSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT_KB = 200
const KIOSK_LIMIT_KB = 90
const LOBBY_LIMIT_KB = 60
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

/** The chunks of these entries with everything they import: statically, or whenever it may be. */
function closure(keys, later, seen = new Set()) {
  for (const key of keys) {
    const chunk = manifest[key]
    if (!chunk) throw new Error(`No chunk named ${key} in the manifest.`)
    if (seen.has(key)) continue
    seen.add(key)
    closure([...(chunk.imports ?? []), ...(later ? (chunk.dynamicImports ?? []) : [])], later, seen)
  }
  return seen
}

const kilobytes = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1000

function size(keys, later = false) {
  const files = new Set(
    [...closure(keys, later)].map((key) => manifest[key].file).filter((file) => file.endsWith('.js')),
  )
  return [...files].reduce((sum, file) => sum + kilobytes(file), 0)
}

const login = size(['index.html', 'src/pages/login.vue'])
const desk = size([
  'index.html',
  'src/pages/login.vue',
  'src/AppFrame.vue',
  'src/pages/index.vue',
  'src/lib/i18n/es.ts',
])
const kiosk = size(['kiosk.html'])
const kioskInAll = size(['kiosk.html'], true) + kilobytes('kiosk-sw.js')
const lobby = size(['lobby.html'], true)
console.log(`JavaScript, gzipped: login ${login.toFixed(1)} kB; login → desk ${desk.toFixed(1)} kB of ${LIMIT_KB} kB`)
console.log(`kiosk: first load ${kiosk.toFixed(1)} kB, all of it ${kioskInAll.toFixed(1)} kB of ${KIOSK_LIMIT_KB} kB`)
console.log(`lobby: ${lobby.toFixed(1)} kB of ${LOBBY_LIMIT_KB} kB`)
rmSync(new URL('.vite/', dist), { recursive: true })
if (desk > LIMIT_KB) console.error(`The desk may load ${LIMIT_KB} kB of JavaScript at most.`)
if (kioskInAll > KIOSK_LIMIT_KB) console.error(`The kiosk may have ${KIOSK_LIMIT_KB} kB of JavaScript at most.`)
if (lobby > LOBBY_LIMIT_KB) console.error(`The lobby's screen may have ${LOBBY_LIMIT_KB} kB of JavaScript at most.`)
if (desk > LIMIT_KB || kioskInAll > KIOSK_LIMIT_KB || lobby > LOBBY_LIMIT_KB) process.exit(1)
