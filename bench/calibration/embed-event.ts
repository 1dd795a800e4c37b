import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { defaultFaceCache } from '@pix/faces/default-cache.ts'
import { createFaceEngine } from '@pix/faces/engine.ts'
import type { FaceEngineName } from '@pix/faces/engines.ts'
import { decodePhoto } from '@pix/faces/see/image/decode-photo.ts'
import type { Box, DetectedFace } from '@pix/faces/types.ts'

export interface EmbeddedFace {
  quality: number
  score: number
  box: Box
  embedding: Float32Array
}

/** The faces of every photo and selfie of a folder laid out like shared/data/event_demo, by file name. */
export interface EmbeddedEvent {
  photos: Record<string, EmbeddedFace[]>
  selfies: Record<string, EmbeddedFace[]>
}

/** What is the same for all pictures of a folder. */
interface Embedding {
  engine: FaceEngineName
  /** Keep the answer here for the next run, which must be of the same code. */
  cacheFile?: string | undefined
}

/** Runs the engine over an event's photos and selfies once. */
export async function embedEvent(folder: string, { engine, cacheFile }: Embedding): Promise<EmbeddedEvent> {
  return cached(cacheFile, async () => {
    const photos = await embedFolder(join(folder, 'photos'), engine, 'detect')
    const selfies = await embedFolder(join(folder, 'selfies'), engine, 'readSelfie')
    return { photos, selfies }
  })
}

/** The face of each picture of people who are not at the event: the largest. */
export async function embedStrangers(folder: string, { engine, cacheFile }: Embedding): Promise<EmbeddedFace[]> {
  const faces = await cached(cacheFile, () => embedFolder(folder, engine, 'detect'))
  return Object.values(faces).flatMap(([largest]) => largest ?? [])
}

async function embedFolder(
  folder: string,
  name: FaceEngineName,
  how: 'detect' | 'readSelfie',
): Promise<Record<string, EmbeddedFace[]>> {
  const engine = await createFaceEngine({ engine: name, runtime: 'auto', cacheDir: defaultFaceCache() })
  const found: Record<string, EmbeddedFace[]> = {}
  for (const file of (await readdir(folder)).toSorted()) {
    if (!/\.(jpe?g|png|webp|heic)$/i.test(file)) continue
    const image = await decodePhoto(join(folder, file))
    if (how === 'detect') found[file] = (await engine.detect(image)).map(plain)
    else {
      const reading = await engine.readSelfie(image)
      found[file] = reading.kind === 'faces' ? reading.faces.map(plain) : []
    }
  }
  await engine.close()
  return found
}

const plain = ({ quality, score, box, embedding }: DetectedFace): EmbeddedFace => ({ quality, score, box, embedding })

async function cached<T>(file: string | undefined, make: () => Promise<T>): Promise<T> {
  if (!file) return make()
  if (existsSync(file)) {
    return JSON.parse(await readFile(file, 'utf8'), revive) as T
  }
  const made = await make()
  await mkdir(dirname(file), { recursive: true })
  await writeFile(
    file,
    JSON.stringify(made, (key, value) => (key === 'embedding' ? [...(value as Float32Array)] : value)),
  )
  return made
}

const revive = (key: string, value: unknown) => (key === 'embedding' ? Float32Array.from(value as number[]) : value)
