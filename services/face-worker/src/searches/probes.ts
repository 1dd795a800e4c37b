import { readProbes, writeProbes } from '@pix/faces/index/probe-bytes.ts'
import { FACES_TTL_SECONDS, facesKey, liveProbeKey, PROBE_TTL_SECONDS, probeKey } from '@pix/jobs/faces.ts'
import type { Probe } from '@pix/faces/judge/find-matches.ts'
import type { Redis } from 'ioredis'

/** A face to search with, and the model version that it was made with: it finds faces of that version only. */
export interface KeptProbe extends Probe {
  model: string
}

/** The face to search with, which a phone made of its owner's selfie or a worker did; null once it is gone. */
export async function readProbe(redis: Redis, searchId: string): Promise<KeptProbe | null> {
  const bytes = await redis.getBuffer(probeKey(searchId))
  return (bytes && readProbes(bytes)[0]) ?? null
}

/** The face of a selfie that its owner chose; null once they are gone. */
export async function readFace(redis: Redis, searchId: string, index: number): Promise<KeptProbe | null> {
  const bytes = await redis.getBuffer(facesKey(searchId))
  return (bytes && readProbes(bytes)[index]) ?? null
}

export async function keepProbe(redis: Redis, searchId: string, probe: KeptProbe): Promise<void> {
  await redis.set(probeKey(searchId), writeProbes([probe], probe.model), 'EX', PROBE_TTL_SECONDS)
}

export async function keepFaces(redis: Redis, searchId: string, faces: readonly Probe[], model: string): Promise<void> {
  await redis.set(facesKey(searchId), writeProbes(faces, model), 'EX', FACES_TTL_SECONDS)
}

export async function forgetProbes(redis: Redis, searchId: string): Promise<void> {
  await redis.del(probeKey(searchId), facesKey(searchId))
}

/** The face of a search that has its answer; null once its time is over. */
export async function readLiveProbe(redis: Redis, searchId: string): Promise<KeptProbe | null> {
  const bytes = await redis.getBuffer(liveProbeKey(searchId))
  return (bytes && readProbes(bytes)[0]) ?? null
}

/** Keeps the face of a search for the photos that come after its answer. */
export async function keepLiveProbe(redis: Redis, searchId: string, probe: KeptProbe, until: Date): Promise<void> {
  await redis.set(liveProbeKey(searchId), writeProbes([probe], probe.model), 'PXAT', until.getTime())
}

export async function forgetLiveProbe(redis: Redis, searchId: string): Promise<void> {
  await redis.del(liveProbeKey(searchId))
}
