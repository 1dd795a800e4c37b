import { basename } from 'node:path'
import { countRecall, type FaceEvent } from './face-event.ts'
import { startFacePeer } from './face-peer.ts'
import { scoreEvent, type Shown } from './face-scores.ts'
import type { FoundFace, Reading } from './face-verification.ts'

/** face_recognition's own line (`compare_faces`). */
const PEER_BOUND = 0.6

/** The same questions put to face_recognition, which knows one threshold and no confidence; null where it is not. */
export async function evaluatePeer(event: FaceEvent, python: string) {
  const peer = await startFacePeer(python, 1600)
  if (!peer) return null
  const photos = new Map<string, FoundFace[]>()
  for (const file of event.photos) {
    const { boxes, embeddings } = await peer.read(file)
    const faces = boxes.map(([x, y, width, height], i) => ({
      box: { x, y, width, height },
      embedding: embeddings[i] ?? [],
    }))
    photos.set(basename(file), faces)
  }
  const selfies = new Map<string, ArrayLike<number>>()
  for (const { name, file } of event.selfies) {
    const [first] = (await peer.read(file)).embeddings
    if (first) selfies.set(name, first)
  }
  peer.close()
  return {
    reading: { selfies, photos, bound: PEER_BOUND },
    detection: countRecall(event, new Map([...photos].map(([name, faces]) => [name, faces.length]))),
    event: [0.5, 0.55, 0.6].map(threshold => {
      const { recall, precision } = scoreEvent(event, within({ selfies, photos, bound: threshold }))
      return { threshold, recall, precision }
    }),
  }
}

function within({ selfies, photos, bound }: Reading): Shown[] {
  const close = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Math.hypot(...Array.from(a, (value, i) => value - (b[i] ?? 0))) <= bound
  return [...selfies].flatMap(([selfie, probe]) =>
    [...photos]
      .filter(([, faces]) => faces.some(({ embedding }) => close(probe, embedding)))
      .map(([photo]) => ({ selfie, photo })),
  )
}
