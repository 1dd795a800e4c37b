import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultFaceCache } from '../src/default-cache.ts'
import { createFaceEngine } from '../src/engine.ts'
import { decodePhoto } from '../src/see/image/decode-photo.ts'
import type { DetectedFace } from '../src/types.ts'

export interface EmbeddedFace {
  quality: number
  /** Relative to the photo: left, top, width, height. */
  box: [number, number, number, number]
  embedding: Float32Array
}

/** The faces of every photo and selfie of a folder laid out like shared/data/event_demo, by file name. */
export interface EmbeddedEvent {
  photos: Record<string, EmbeddedFace[]>
  selfies: Record<string, EmbeddedFace[]>
}

/** Runs the engine over the folder once; the answer is kept in `cacheFile` for the next run. */
export async function embedEvent(folder: string, cacheFile?: string): Promise<EmbeddedEvent> {
  const cached = cacheFile && (await readFile(cacheFile, 'utf8').catch(() => undefined))
  if (cached) return JSON.parse(cached, (key, value) => (key === 'embedding' ? Float32Array.from(value) : value))

  const engine = await createFaceEngine({
    engine: 'face-api',
    runtime: 'auto',
    cacheDir: defaultFaceCache(),
  })
  const event: EmbeddedEvent = { photos: {}, selfies: {} }
  for (const name of (await readdir(join(folder, 'photos'))).sort()) {
    event.photos[name] = plain(await engine.detect(await decodePhoto(join(folder, 'photos', name))))
  }
  for (const name of (await readdir(join(folder, 'selfies'))).sort()) {
    const reading = await engine.readSelfie(await decodePhoto(join(folder, 'selfies', name)))
    event.selfies[name] = reading.kind === 'faces' ? plain(reading.faces) : []
  }
  await engine.close()
  if (cacheFile) {
    await writeFile(
      cacheFile,
      JSON.stringify(event, (key, value) => (key === 'embedding' ? [...value] : value)),
    )
  }
  return event
}

const plain = (faces: DetectedFace[]): EmbeddedFace[] =>
  faces.map(({ quality, embedding, box }) => ({ quality, embedding, box: [box.x, box.y, box.width, box.height] }))
