import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import type { Plugin } from 'vite'

const compress = promisify(brotliCompress)
const TEXT = /\.(js|css|html|svg|json)$/
/** Below this nothing is saved that counts. */
const WORTH_BYTES = 300

/** Writes `<file>.br` beside every text of the build, so that no server compresses the same bytes again and again. */
export function compressAssets(): Plugin {
  return {
    name: 'compress-assets',
    apply: 'build',
    writeBundle: async ({ dir = '' }, bundle) => {
      const files = Object.keys(bundle).filter(name => TEXT.test(name))
      await Promise.all(files.map(name => compressFile(join(dir, name))))
    },
  }
}

async function compressFile(file: string): Promise<void> {
  const content = await readFile(file)
  // One of an earlier build may be there, of a page that keeps its name.
  if (content.length < WORTH_BYTES) await rm(`${file}.br`, { force: true })
  else await writeFile(`${file}.br`, await compress(content))
}
