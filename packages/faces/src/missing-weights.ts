import type { FaceEngineName } from './engines.ts'

/** What people call the engines. */
const ENGINE_TITLES: Record<FaceEngineName, string> = { sface: 'SFace', 'face-api': 'face-api' }

/** Why new events are not read with the engine asked for, and what to do, in two sentences; null where they are. */
export function missingWeights(preferred: FaceEngineName, available: readonly FaceEngineName[]): string | null {
  const [instead] = available
  if (available.includes(preferred) || instead === undefined) return null
  return (
    `The weights of ${ENGINE_TITLES[preferred]} were not found: new events are read with ${ENGINE_TITLES[instead]}. ` +
    'Fetch them (npm run fetch:face-weights), or put them into the folder FACE_WEIGHTS_DIR, and start again (docs/guides/face-engines.md).'
  )
}
