import { MODEL_VERSIONS } from '@pix/faces/engines.ts'

/** What the engine of this page makes. */
const DEVICE_MODEL = MODEL_VERSIONS['face-api']

/** Whether a selfie read on this device can search an event: its faces are of the models that this page has, or there are none yet. */
export const readsHere = (faceSearch: { model: string | null } | null | undefined): boolean =>
  !faceSearch || faceSearch.model === null || faceSearch.model === DEVICE_MODEL
