import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import tailwind from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { build, type Plugin, type Rolldown } from 'vite'
import { defineConfig } from 'vitest/config'
import routes from 'vue-router/vite'
import packageFile from './package.json' with { type: 'json' }

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Fetches the Latin font with the page instead of after the style sheet, so that no text is set twice. */
function preloadFont(): Plugin {
  return {
    name: 'preload-font',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const font = Object.keys(bundle ?? {}).find((name) => /inter-latin-wght-normal.*\.woff2$/.test(name))
        if (!font) return []
        return [
          {
            tag: 'link',
            attrs: { rel: 'preload', href: `/${font}`, as: 'font', type: 'font/woff2', crossorigin: true },
            injectTo: 'head',
          },
        ]
      },
    },
  }
}

const KIOSK_PAGE = 'kiosk.html'

/** Everything that the kiosk's page may ever load: scripts that come later too, styles, fonts and pictures. */
function filesOf(bundle: Rolldown.OutputBundle): string[] {
  const chunks = Object.values(bundle).filter((each) => each.type === 'chunk')
  const page = chunks.find((chunk) => chunk.isEntry && chunk.facadeModuleId?.endsWith(`/${KIOSK_PAGE}`))
  if (!page) throw new Error(`The build has no ${KIOSK_PAGE}.`)
  const found = new Set<string>()
  const visit = (name: string): void => {
    if (found.has(name)) return
    const each = bundle[name]
    if (!each) throw new Error(`The build has no ${name}.`)
    found.add(name)
    if (each.type !== 'chunk') return
    for (const imported of [...each.imports, ...each.dynamicImports]) visit(imported)
    for (const asset of [...(each.viteMetadata?.importedCss ?? []), ...(each.viteMetadata?.importedAssets ?? [])])
      visit(asset)
  }
  visit(page.fileName)
  return [...found].map((name) => `/${name}`).sort()
}

/** Builds the kiosk's worker once the other files are written, since it names them all, and the page as it will be served. */
function kioskWorker(): Plugin {
  return {
    name: 'kiosk-worker',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      const files = filesOf(bundle)
      const pageHash = createHash('sha256')
        .update(readFileSync(join(dir!, KIOSK_PAGE)))
        .digest('base64')
      const hash = createHash('sha256').update(JSON.stringify([pageHash, files]))
      const version = hash.digest('hex').slice(0, 16)
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: { __KIOSK_BUILD__: JSON.stringify({ version, pageHash, files }) },
        build: {
          target: 'es2023',
          outDir: dir!,
          emptyOutDir: false,
          reportCompressedSize: false,
          // One file that imports nothing, at an address that stays: browsers look there for a newer one.
          rolldownOptions: {
            input: file('src/kiosk/offline/worker.ts'),
            output: { format: 'iife', entryFileNames: 'kiosk-sw.js' },
          },
        },
      })
    },
  }
}

/** While developing, and with `vite preview`, the pages of paired devices have the addresses that Caddy gives them. */
function deviceAddresses(): Plugin {
  const rewrite = (request: { url?: string }, _answer: unknown, next: () => void) => {
    const page = /^\/(kiosk|lobby)\/?(?:\?|$)/.exec(request.url ?? '')
    if (page) request.url = `/${page[1]}.html`
    next()
  }
  return {
    name: 'device-addresses',
    configureServer: (server) => void server.middlewares.use(rewrite),
    configurePreviewServer: (server) => void server.middlewares.use(rewrite),
  }
}

const api = process.env.API_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [
    routes({ routesFolder: 'src/pages', dts: 'src/route-map.d.ts' }),
    vue(),
    tailwind(),
    preloadFont(),
    deviceAddresses(),
    kioskWorker(),
  ],
  resolve: { alias: { '@': file('src') } },
  define: {
    __APP_VERSION__: JSON.stringify(packageFile.version),
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: false,
  },
  build: {
    target: 'es2023',
    manifest: true,
    // Fonts and pictures stay files: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: { index: file('index.html'), kiosk: file('kiosk.html'), lobby: file('lobby.html') } },
  },
  server: { proxy: { '/graphql': { target: api, ws: true }, '/api': { target: api } } },
  test: { include: ['src/**/*.spec.ts'], restoreMocks: true, css: { include: [/colours\.css/] } },
})
