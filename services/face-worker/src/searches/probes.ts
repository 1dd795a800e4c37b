import { FACES_TTL_SECONDS, facesKey, PROBE_TTL_SECONDS, probeKey } from '@pix/jobs/faces.ts'
import type { Probe } from '@pix/faces/judge/find-matches.ts'
import type { Redis } from 'ioredis'

const BYTES = 129 * 4

/** The face to search with, which a phone made of its owner's selfie or a worker did; null once it is gone. */
export async function readProbe(redis: Redis, searchId: string): Promise<Probe | null> {
  const bytes = await redis.getBuffer(probeKey(searchId))
  return bytes && unpack(bytes, 0)
}

/** The face of a selfie that its owner chose; null once they are gone. */
export async function readFace(redis: Redis, searchId: string, index: number): Promise<Probe | null> {
  const bytes = await redis.getBuffer(facesKey(searchId))
  return bytes && unpack(bytes, index)
}

export async function keepProbe(redis: Redis, searchId: string, { embedding, quality }: Probe): Promise<void> {
  const numbers = new Float32Array([...embedding, quality])
  await redis.set(probeKey(searchId), Buffer.from(numbers.buffer), 'EX', PROBE_TTL_SECONDS)
}

export async function keepFaces(redis: Redis, searchId: string, faces: readonly Probe[]): Promise<void> {
  const numbers = new Float32Array(faces.flatMap(face => [...face.embedding, face.quality]))
  await redis.set(facesKey(searchId), Buffer.from(numbers.buffer), 'EX', FACES_TTL_SECONDS)
}

export async function forgetProbes(redis: Redis, searchId: string): Promise<void> {
  await redis.del(probeKey(searchId), facesKey(searchId))
}

function unpack(bytes: Buffer, index: number): Probe | null {
  if (bytes.length < (index + 1) * BYTES) return null
  const numbers = new Float32Array(new Uint8Array(bytes.subarray(index * BYTES, (index + 1) * BYTES)).buffer)
  return { embedding: numbers.slice(0, 128), quality: numbers[128]! }
}
