import { createEventIndex, type EventIndex } from '@pix/faces/index/event-index.ts'
import type { Calibration } from '@pix/faces/judge/calibrate.ts'
import { findMatches } from '@pix/faces/judge/find-matches.ts'
import type { EmbeddedEvent, EmbeddedFace } from './calibration/embed-event.ts'
import { pairKey, type FaceEvent } from './face-event.ts'
import { scoreEvent, type EventScore, type Shown } from './face-scores.ts'

/** What searches with an event's selfies show, beside so many strangers' faces. */
export interface SearchScore extends EventScore {
  strangers: number
  /** Fewer faces were searched, with the bands of this many, and each stranger shown counts for as many more. */
  scaled: boolean
  searches: number
  right: number
  wrong: number
  /** How many of the wrong ones are photos of the strangers. */
  wrongStrangers: number
  /** Photos shown as sure, and the wrong ones among them: by the list, and with its corrections. */
  sure: { right: number; wrong: number; wrongCorrected: number }
}

/** The searchable faces of an event and of `count` strangers, each alone in a photo of its own. */
export function indexOf(
  { photos }: EmbeddedEvent,
  strangers: readonly EmbeddedFace[],
  modelVersion: string,
): EventIndex {
  const index = createEventIndex({ modelVersion })
  for (const [photoId, faces] of Object.entries(photos)) {
    index.add(faces.map((face, n) => ({ ...face, faceId: `${photoId}#${n}`, photoId })))
  }
  index.add(strangers.map((face, n) => ({ ...face, faceId: strangerId(n), photoId: strangerId(n) })))
  return index
}

/** The id of a stranger's face, and of the photo that it alone is in. */
export const strangerId = (n: number): string => `stranger-${n}`
export const isStranger = (id: string): boolean => id.startsWith('stranger-')

interface Searches {
  event: FaceEvent
  selfies: EmbeddedEvent['selfies']
  index: EventIndex
  strangers: number
  calibration: Calibration
  /** As if there were so many strangers. */
  scaledTo?: number
}

export function scoreSearches({ event, selfies, index, strangers, calibration, scaledTo }: Searches): SearchScore {
  const times = scaledTo === undefined ? 1 : scaledTo / strangers
  const searched = scaledTo === undefined ? index : { ...index, size: index.size - strangers + scaledTo }
  const truth = new Set(event.truth.map(({ selfie, photo }) => pairKey(selfie, photo)))
  const shown: (Shown & { sure: boolean })[] = event.selfies.flatMap(({ name }) => {
    const [face] = selfies[name] ?? []
    if (!face) return []
    return findMatches(searched, face, null, calibration)
      .filter(({ band }) => band !== 'maybe')
      .map(({ photoId, band }) => ({ selfie: name, photo: photoId, sure: band === 'sure' }))
  })
  const counted = shown.filter(({ selfie, photo }) => !event.ignored.has(pairKey(selfie, photo)))
  const isRight = ({ selfie, photo }: Shown) => truth.has(pairKey(selfie, photo))
  const weight = (some: readonly Shown[]) => some.reduce((sum, { photo }) => sum + (isStranger(photo) ? times : 1), 0)
  const right = counted.filter(isRight).length
  const wrong = weight(counted.filter(one => !isRight(one)))
  const sure = counted.filter(one => one.sure)
  const wronglySure = sure.filter(one => !isRight(one))
  const isCorrected = ({ selfie, photo }: Shown) => event.corrected.has(pairKey(selfie, photo))
  return {
    ...scoreEvent(event, shown),
    precision: right / Math.max(1, right + wrong),
    strangers: scaledTo ?? strangers,
    scaled: scaledTo !== undefined,
    searches: event.selfies.length,
    right,
    wrong,
    wrongStrangers: weight(counted.filter(({ photo }) => isStranger(photo))),
    sure: {
      right: sure.filter(isRight).length,
      wrong: weight(wronglySure),
      wrongCorrected: weight(wronglySure.filter(one => !isCorrected(one))),
    },
  }
}
