import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import type { BrowserModels } from '../../packages/faces/src/runtimes/browser-models.ts'
import { writeBrowserModels } from '../../packages/faces/src/runtimes/write-browser-models.ts'

const MODULE = 'virtual:face-models'
const PATH = '/models'

/**
 * Puts the face models into the build under `/models/<version>/`, and tells the page in `virtual:face-models` where they
 * are and how large. They are made once and kept in Vite's cache.
 */
export function faceModels(): Plugin {
  let folder = ''
  let made: Promise<BrowserModels> | undefined
  const models = () => (made ??= writeBrowserModels(folder))
  return {
    name: 'face-models',
    configResolved: ({ cacheDir }) => {
      folder = join(cacheDir, 'face-models')
    },
    resolveId: source => (source === MODULE ? `\0${MODULE}` : undefined),
    load: async id => {
      if (id !== `\0${MODULE}`) return
      const { version, files } = await models()
      return `export const modelUrl = ${JSON.stringify(`${PATH}/${version}/`)}
export const modelFiles = ${JSON.stringify(files)}`
    },
    writeBundle: async ({ dir = '' }) => {
      const { version } = await models()
      await cp(join(folder, version), join(dir, PATH, version), { recursive: true })
    },
    configureServer: server => {
      server.middlewares.use(PATH, (request, response, next) => {
        const path = /^\/([0-9a-f]{16}\/[\w.-]+)$/.exec(request.url ?? '')?.[1]
        if (!path) return next()
        const type = path.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream'
        readFile(join(folder, path)).then(
          content => response.setHeader('content-type', type).end(content),
          () => next(),
        )
      })
    },
  }
}
