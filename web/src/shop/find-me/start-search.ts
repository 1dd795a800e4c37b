import * as faces from '@pix/contracts/faces.ts'
import type { DetectedFace } from '@pix/faces/types.ts'
import { call } from '../../base/api.ts'
import type { Agreed } from './consent/use-agreement.ts'
import type { Selfie } from './engine/prepare-selfie.ts'

/** The consent goes before the first byte of the selfie. @returns the search's id */
export async function sendSelfie(
  eventId: string,
  agreed: Agreed,
  { blob }: Selfie,
  signal: AbortSignal,
): Promise<string> {
  const form = { eventId, ...agreed, selfie: blob }
  return (await call(faces.startSearch, { form }, { signal })).id
}

/**
 * All that a device sends after it read the selfie itself: 128 numbers, their quality and the models that made them.
 *
 * @returns the search's id
 */
export async function sendNumbers(
  eventId: string,
  agreed: Agreed,
  modelVersion: string,
  { embedding, quality }: DetectedFace,
  signal: AbortSignal,
): Promise<string> {
  const body = { eventId, ...agreed, modelVersion, embedding: [...embedding], quality }
  return (await call(faces.startEmbeddingSearch, { body }, { signal })).id
}
