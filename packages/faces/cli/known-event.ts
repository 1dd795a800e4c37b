import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compareWithAll } from '../src/judge/find-matches.ts'
import { createEventIndex, type EventIndex } from '../src/index/event-index.ts'
import { embedEvent, type EmbeddedFace } from './embed-event.ts'
import type { Pair } from './fit-calibration.ts'

/** An event of which it is known who is on which photo. */
export interface KnownEvent {
  index: EventIndex
  /** The selfies in which a face was found. */
  selfies: Map<string, EmbeddedFace>
  /** selfie -> photos that show its person */
  shows: Map<string, Set<string>>
  /** Photos of which it is not known who is on them: no pair with them is a pair of strangers for certain. */
  unknown: Set<string>
}

/** Reads and embeds a folder laid out like shared/data/event_demo. */
export async function readKnownEvent(folder: string, cacheFile?: string): Promise<KnownEvent> {
  const { photos, selfies } = await embedEvent(folder, cacheFile)
  const index = createEventIndex({ modelVersion: 'calibrated' })
  for (const [photoId, faces] of Object.entries(photos)) {
    index.add(faces.map((face, n) => ({ ...face, faceId: `${photoId}#${n}`, photoId })))
  }
  const rows = async (name: string) =>
    (await readFile(join(folder, name), 'utf8'))
      .trim()
      .split('\n')
      .slice(1)
      .map(line => line.split(','))
  const shows = new Map<string, Set<string>>()
  for (const [selfie, photo] of await rows('truth.csv')) {
    shows.set(selfie!, (shows.get(selfie!) ?? new Set()).add(photo!))
  }
  const unknown = (await rows('photos.csv')).filter(([, kind, , people]) => kind === 'real' && people === '')
  return {
    index,
    selfies: new Map(Object.entries(selfies).flatMap(([name, [face]]) => (face ? [[name, face] as const] : []))),
    shows,
    unknown: new Set(unknown.map(([photo]) => photo!)),
  }
}

/** Beyond all embeddings. */
const ALL = 10

/** Every selfie with every face it may be compared with; of a photo that shows its person, the nearest face is theirs. */
export function pairsOf({ index, selfies, shows, unknown }: KnownEvent): Map<string, Pair[]> {
  const found = new Map([...selfies].map(([selfie, face]) => [selfie, compareWithAll(index, face, ALL)]))
  const owners = new Map<string, string>()
  for (const [selfie, faces] of found) {
    for (const photo of shows.get(selfie) ?? []) {
      const [nearest] = faces.filter(({ photoId }) => photoId === photo).sort((a, b) => a.atFirst - b.atFirst)
      if (nearest) owners.set(nearest.faceId, selfie)
    }
  }
  const pairs = new Map<string, Pair[]>()
  for (const [selfie, faces] of found) {
    const known = faces.filter(({ faceId, photoId }) => {
      return shows.get(selfie)?.has(photoId) ? owners.get(faceId) === selfie : !unknown.has(photoId)
    })
    pairs.set(
      selfie,
      known.map(({ faceId, atFirst }): Pair => {
        const person = owners.get(faceId) ?? faceId
        return { apart: atFirst, same: person === selfie, people: [selfie, person] }
      }),
    )
  }
  return pairs
}
