import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from './base/paths.ts'
import { printAndFail } from './base/say.ts'
import { buildRelease } from './fleet/build-release.ts'

const USAGE = `npm run release -- [--folder .data/releases]

Builds a release of the present commit, for ansible/deploy.yml: the programs with their packages, the weights of the faces and
Node in one file, the pages in another, and MinIO beside them. Prints the release's id.`

/** `npm run release`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string', default: join(ROOT, '.data/releases') },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(USAGE)
  console.log(await buildRelease({ folder: values.folder }))
}

main().catch(printAndFail)
