import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** As package.json names it: one version to load and to build the native part of. */
export const TFJS_NODE_VERSION: string = (
  require('../../package.json') as { optionalDependencies: Record<'@tensorflow/tfjs-node', string> }
).optionalDependencies['@tensorflow/tfjs-node']
/** Its `tensorflow-cpu` wheel holds the C library that tfjs-node is built against. */
export const TENSORFLOW_VERSION = '2.18.1'

const PACKAGE = '@tensorflow/tfjs-node'
/** The package's loader takes the newest N-API it was built for; 8 is the newest it knows. */
export const NATIVE_PART = 'lib/napi-v8/tfjs_binding.node'

/**
 * Where `npm run build:tfjs-node` leaves what it built, kept between checkouts. Not in node_modules: pnpm takes an
 * optional package away when its install script fails, which is where this is wanted.
 */
export const TFJS_NODE_BUILD = join(
  homedir(),
  '.cache/thepixstock',
  `tfjs-node-${TFJS_NODE_VERSION}-tensorflow-${TENSORFLOW_VERSION}-${process.platform}-${process.arch}`,
)

/** The package's folder below a folder that npm installed into. */
export const tfjsNodeFolder = (installed: string): string => join(installed, 'node_modules', PACKAGE)

/** The folder of a tfjs-node that has its native part: as installed here, else as built by our script. */
export function findTfjsNode(): string | undefined {
  return [installedFolder(), tfjsNodeFolder(TFJS_NODE_BUILD)].find(
    folder => folder !== undefined && existsSync(join(folder, NATIVE_PART)),
  )
}

function installedFolder(): string | undefined {
  try {
    return dirname(require.resolve(`${PACKAGE}/package.json`))
  } catch {
    return undefined
  }
}
