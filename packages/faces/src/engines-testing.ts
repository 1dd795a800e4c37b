import { defaultFaceCache } from './default-cache.ts'
import { FACE_ENGINES } from './engines.ts'
import { hasZooFiles } from './networks/zoo/find-files.ts'

/** Whether sface can be tested: its weights are fetched by `npm test`, where they can be had. */
export const hasWeights = await hasZooFiles([defaultFaceCache()])

/** Text for the name of a test that is skipped because the weights are missing. */
export const noWeights = hasWeights
  ? ''
  : ' [skipped: the weights are not here; npm run fetch:face-weights fetches them]'

/** To be put behind the name of a test in which face-api's networks stand in for sface's for want of them. */
export const standIn = hasWeights
  ? ''
  : " [face-api's networks stand in for sface's: the weights are not here; npm run fetch:face-weights fetches them]"

/** Both engines, and why one cannot be tested here. */
export const ENGINE_CASES = FACE_ENGINES.map(engine => {
  const there = engine === 'face-api' || hasWeights
  return { engine, skip: !there, note: there ? '' : noWeights }
})
