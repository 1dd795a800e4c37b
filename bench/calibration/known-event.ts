import { join } from 'node:path'
import type { FaceEngineName } from '@pix/faces/engines.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import type { EventIndex } from '@pix/faces/index/event-index.ts'
import type { Calibration } from '@pix/faces/judge/calibrate.ts'
import { comparable, relativeDistance } from '@pix/faces/judge/compare-faces.ts'
import { compareWithAll, type FoundFace } from '@pix/faces/judge/find-matches.ts'
import { readFaceEvent, type FaceEvent } from '../face-event.ts'
import { indexOf } from '../face-searches.ts'
import { embedEvent, embedStrangers, type EmbeddedEvent, type EmbeddedFace } from './embed-event.ts'
import { mean, strangerDistances, tailEnd, type Pair, type StrangerDistances } from './fit-calibration.ts'

/** An event of which it is known who is on which photo, and pictures of people who are not there. */
export interface KnownEvent {
  event: FaceEvent
  embedded: EmbeddedEvent
  strangers: EmbeddedFace[]
  modelVersion: string
}

interface Place {
  event: string
  strangers?: string | undefined
  /** Folder for embeddings, kept for the next run of the same code. */
  cache?: string | undefined
}

/** Reads and embeds a folder laid out like shared/data/event_demo, and one of strangers' pictures where there is one. */
export async function readKnownEvent(engine: FaceEngineName, { event, strangers, cache }: Place): Promise<KnownEvent> {
  const file = (what: string) => cache && join(cache, `${MODEL_VERSIONS[engine]}-${what}.json`)
  return {
    event: readFaceEvent(event),
    embedded: await embedEvent(event, { engine, cacheFile: file('event') }),
    strangers: strangers ? await embedStrangers(strangers, { engine, cacheFile: file('strangers') }) : [],
    modelVersion: MODEL_VERSIONS[engine],
  }
}

/** The selfies in which a face was found, each with its first. */
export function selfiesOf({ embedded }: KnownEvent): Map<string, EmbeddedFace> {
  return new Map(Object.entries(embedded.selfies).flatMap(([name, [face]]) => (face ? [[name, face] as const] : [])))
}

/** Beyond all embeddings. */
const ALL = 10

/** Every selfie with every face it may be compared with; of a photo that shows its person, the nearest face is theirs. */
export function pairsOf(known: KnownEvent): Map<string, Pair[]> {
  const index = indexOf(known.embedded, known.strangers, known.modelVersion)
  const shows = photosOf(known.event)
  const unknown = unknownPhotos(known.event)
  const found = compareSelfies(known, index)
  const owners = ownersAmong(found, shows)
  const pairs = new Map<string, Pair[]>()
  for (const [selfie, faces] of found) {
    const certain = faces.filter(({ faceId, photoId }) => {
      return shows.get(selfie)?.has(photoId) ? owners.get(faceId) === selfie : !unknown.has(photoId)
    })
    pairs.set(
      selfie,
      certain.map(({ faceId, atFirst }): Pair => {
        const person = owners.get(faceId) ?? faceId
        return { apart: atFirst, same: person === selfie, people: [selfie, person] }
      }),
    )
  }
  return pairs
}

/** How near strangers come to each other; null where there are none. */
export function strangersAmong({ strangers }: KnownEvent, calibration: Calibration): StrangerDistances | null {
  if (strangers.length < 2) return null
  const faces = strangers.map(({ embedding, quality }) => comparable(embedding, quality))
  const pairs = (faces.length * (faces.length - 1)) / 2
  const end = tailEnd(pairs, calibration)
  const near = faces.flatMap((face, n) => {
    const distances = faces.slice(n + 1).map(other => relativeDistance(face, other, calibration))
    return distances.filter(distance => distance <= end)
  })
  return strangerDistances(near, pairs, calibration)
}

/** Face to the selfie of whom it shows, of those whose selfies there are. */
export function ownersOf(known: KnownEvent, index: EventIndex): Map<string, string> {
  return ownersAmong(compareSelfies(known, index), photosOf(known.event))
}

const compareSelfies = (known: KnownEvent, index: EventIndex): Map<string, FoundFace[]> =>
  new Map([...selfiesOf(known)].map(([selfie, face]) => [selfie, compareWithAll(index, face, ALL)]))

function ownersAmong(
  found: ReadonlyMap<string, readonly FoundFace[]>,
  shows: ReadonlyMap<string, ReadonlySet<string>>,
): Map<string, string> {
  const owners = new Map<string, string>()
  for (const [selfie, faces] of found) {
    for (const photo of shows.get(selfie) ?? []) {
      const [nearest] = faces.filter(({ photoId }) => photoId === photo).sort((a, b) => a.atFirst - b.atFirst)
      if (nearest) owners.set(nearest.faceId, selfie)
    }
  }
  return owners
}

/** Selfie to the photos that show its person. */
function photosOf({ truth }: FaceEvent): Map<string, Set<string>> {
  const shows = new Map<string, Set<string>>()
  for (const { selfie, photo } of truth) shows.set(selfie, (shows.get(selfie) ?? new Set()).add(photo))
  return shows
}

/** Photos of which it is not known who is on them: no pair with them is a pair of strangers for certain. */
const unknownPhotos = ({ photoKinds, peopleKnown }: FaceEvent): Set<string> =>
  new Set([...photoKinds].flatMap(([photo, kind]) => (kind === 'real' && !peopleKnown.has(photo) ? [photo] : [])))

/** The squared distances between and within people, of good faces: what `bench:search` draws from. */
export function spreadOf(known: KnownEvent, index: EventIndex): { within: number; between: number } {
  const squares = { same: [] as number[], strangers: [] as number[] }
  const [shows, unknown] = [photosOf(known.event), unknownPhotos(known.event)]
  for (const [selfie, face] of selfiesOf(known)) {
    const seen = new Set<string>()
    const { rows, distances } = index.find(face.embedding, ALL)
    for (const [n, row] of rows.entries()) {
      const { photoId, quality } = index.faceAt(row)
      const own = shows.get(selfie)?.has(photoId) && !seen.has(photoId)
      seen.add(photoId)
      if (quality > 0.4 && (own || !unknown.has(photoId))) squares[own ? 'same' : 'strangers'].push(distances[n]! ** 2)
    }
  }
  const within = mean(squares.same) / 2
  return { within, between: mean(squares.strangers) / 2 - within }
}
