import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig, type ProxyOptions } from 'vite'
import { areaOf } from './vite/area-of.ts'
import { defaultFaceCache } from '../packages/faces/src/default-cache.ts'
import { appIcons } from './vite/app-icons.ts'
import { compressAssets } from './vite/compress-assets.ts'
import { keepAssets } from './vite/keep-assets.ts'
import { firstChunks } from './vite/first-chunks.ts'
import { earlyPages } from './vite/early-pages.ts'
import { faceModels } from './vite/face-models.ts'
import { preloadWords } from './vite/preload-words.ts'
import { shellFiles } from './vite/shell-files.ts'
import { subsetFonts } from './vite/subset-fonts.ts'
import { withoutSchemas } from './vite/without-schemas.ts'

/** Where the api listens while developing: `API_ORIGIN=http://127.0.0.1:8081 pnpm --filter @pix/web dev`. */
const apiOrigin = process.env['API_ORIGIN'] ?? 'http://127.0.0.1:8081'
/** The address the api takes for ours; it refuses to change anything for another site (spec/80). */
const webOrigin = process.env['WEB_ORIGIN'] ?? 'http://localhost:8080'

/** Where the weights of the face engine sface may be, as for `npm start`. */
const weightFolders = [defaultFaceCache(), process.env['FACE_WEIGHTS_DIR'] ?? []].flat()

/** What the api takes for the origin of the host that was asked for: `moonlight.localhost:5173` is a storefront. */
function originOf(host: string | undefined): string {
  const { protocol, hostname, port } = new URL(webOrigin)
  const [, label] = /^(.+)\.localhost(?::\d+)?$/.exec(host ?? '') ?? []
  return label === undefined ? webOrigin : `${protocol}//${label}.${hostname}${port && `:${port}`}`
}

/** One address for the browser, as in production: cookies stay first-party and no CORS is needed. */
const configure: ProxyOptions['configure'] = proxy =>
  proxy.on('proxyReq', (passed, request) => passed.setHeader('origin', originOf(request.headers.host)))
const proxy = Object.fromEntries(
  ['/api', '/media', '/objects', '/manifest.webmanifest'].map(path => [path, { target: apiOrigin, configure }]),
)

const shell = shellFiles()

export default defineConfig({
  plugins: [
    subsetFonts(),
    withoutSchemas(),
    vue(),
    tailwindcss(),
    firstChunks(),
    faceModels(weightFolders),
    compressAssets(),
    keepAssets(),
    preloadWords(),
    earlyPages(),
    appIcons(),
    shell.plugin,
    // The manifest is the api's, of each storefront its own.
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/worker',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: false,
      injectManifest: {
        injectionPoint: 'self.SHELL_FILES',
        globPatterns: ['index.html', 'assets/*'],
        manifestTransforms: [shell.keepShell],
        // Names of assets carry a hash of what is in them.
        dontCacheBustURLsMatching: /^assets\//,
      },
    }),
  ],
  worker: { format: 'es' },
  define: {
    // The cropper is written with the Options API.
    __VUE_OPTIONS_API__: 'true',
    __VUE_I18N_FULL_INSTALL__: 'true',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  server: { port: 5173, proxy },
  preview: { port: 4173, proxy },
  build: {
    // Phones from 2023 on; Lightning CSS lowers light-dark() and nesting to what these read.
    target: ['chrome111', 'edge111', 'firefox114', 'safari16.4', 'ios16.4'],
    cssMinify: 'lightningcss',
    assetsInlineLimit: 2048,
    // Safari before 17 has no modulepreload: it asks for the same files a little later.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: areaOf, includeDependenciesRecursively: false }] } },
    },
  },
})
