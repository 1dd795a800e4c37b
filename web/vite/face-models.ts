import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger, Plugin } from 'vite'
import { FACE_ENGINES, type FaceEngineName } from '../../packages/faces/src/engines.ts'
import { hasZooFiles } from '../../packages/faces/src/networks/zoo/find-files.ts'
import type { BrowserModels } from '../../packages/faces/src/runtimes/browser-models.ts'
import { writeBrowserModels } from '../../packages/faces/src/runtimes/write-browser-models.ts'

const MODULE = 'virtual:face-models'
const PATH = '/models'
const WITHOUT_SFACE =
  'face models: only those of face-api, as the weights of sface are not on this machine (npm run fetch:face-weights)'

type Made = { engine: FaceEngineName; models: BrowserModels }[]

/**
 * Puts the models of each face engine into the build under `/models/<version>/`, and lists for the page in
 * `virtual:face-models` where they are and how large. They are made once and kept in Vite's cache.
 *
 * @param weightFolders where the OpenCV Zoo's files may be; without them the page offers face-api's models alone
 */
export function faceModels(weightFolders: readonly string[]): Plugin {
  let folder = ''
  let logger: Logger | undefined
  let making: Promise<Made> | undefined
  const made = () => (making ??= makeModels(folder, weightFolders, text => logger?.warn(text)))
  return {
    name: 'face-models',
    configResolved: config => {
      folder = join(config.cacheDir, 'face-models')
      logger = config.logger
    },
    resolveId: source => (source === MODULE ? `\0${MODULE}` : undefined),
    load: async id => {
      if (id !== `\0${MODULE}`) return
      const sets = (await made()).map(({ engine, models: { version, files } }) => {
        return [engine, { url: `${PATH}/${version}/`, files }] as const
      })
      return `export const modelSets = ${JSON.stringify(Object.fromEntries(sets))}`
    },
    writeBundle: async ({ dir = '' }) => {
      for (const { models } of await made())
        await cp(join(folder, models.version), join(dir, PATH, models.version), { recursive: true })
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

async function makeModels(
  folder: string,
  weightFolders: readonly string[],
  warn: (text: string) => void,
): Promise<Made> {
  const all = await hasZooFiles(weightFolders)
  if (!all) warn(WITHOUT_SFACE)
  const engines = FACE_ENGINES.filter(engine => all || engine === 'face-api')
  return Promise.all(
    engines.map(async engine => ({ engine, models: await writeBrowserModels(folder, engine, weightFolders) })),
  )
}
