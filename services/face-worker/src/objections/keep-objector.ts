import { writeProbes } from '@pix/faces/index/probe-bytes.ts'
import { edgesOf, overlap } from '@pix/faces/see/boxes.ts'
import type { DetectedFace } from '@pix/faces/types.ts'
import { OBJECTOR_TTL_SECONDS, objectorKey } from '@pix/jobs/faces.ts'
import type { Redis } from 'ioredis'
import { SAME_FACE } from '../same-face.ts'
import type { ReadBy } from '../searches/selfie-child.ts'

/** Stands for a face that an engine did not find, so that all have the boxes' order. */
const NOT_FOUND = { embedding: new Float32Array(128), quality: 0 }

/** Keeps the faces of a selfie as every engine made them, until their owner confirms what was found. */
export async function keepObjector(
  redis: Redis,
  searchId: string,
  own: ReadBy,
  others: readonly ReadBy[],
): Promise<void> {
  const key = objectorKey(searchId)
  const fields = [own, ...others].map(({ model, faces }) => {
    const inOrder = own.faces.map(face => (model === own.model ? face : (sameFace(face, faces) ?? NOT_FOUND)))
    return [model, writeProbes(inOrder, model)] as const
  })
  await redis.multi().hset(key, new Map(fields)).expire(key, OBJECTOR_TTL_SECONDS).exec()
}

function sameFace(face: DetectedFace, among: readonly DetectedFace[]): DetectedFace | undefined {
  const edges = edgesOf(face.box)
  const [nearest] = among
    .map(other => ({ other, shared: overlap(edges, edgesOf(other.box)) }))
    .sort((a, b) => b.shared - a.shared)
  return nearest && nearest.shared >= SAME_FACE ? nearest.other : undefined
}
