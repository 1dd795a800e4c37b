import { createHash } from 'node:crypto'
import type { Calibration } from '@pix/faces/judge/calibrate.ts'
import { indexOf, scoreSearches, type SearchScore } from '../face-searches.ts'
import { fitCalibration, type Pair } from './fit-calibration.ts'
import { strangersAmong, type KnownEvent } from './known-event.ts'

const FOLDS = 5

/** Fits on four fifths of the people, each tried on the other fifth. */
export function heldOut(known: KnownEvent, pairs: ReadonlyMap<string, Pair[]>, shipped: Calibration): Summary {
  const strangers = strangersAmong(known, shipped)
  const tries = folds([...pairs.keys()]).map(tried => {
    const others = [...pairs].flatMap(([selfie, its]) => (tried.has(selfie) ? [] : its))
    return tryBands(known, tried, fitCalibration(others, shipped, strangers))
  })
  return summarize(tries)
}

const lot = (selfie: string): string => createHash('sha256').update(selfie).digest('hex')

/** The selfies in `FOLDS` parts, the same every time. */
function folds(selfies: readonly string[]): Set<string>[] {
  const drawn = selfies.toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1))
  return Array.from({ length: FOLDS }, (_, fold) => new Set(drawn.filter((_, n) => n % FOLDS === fold)))
}

/** What searches with these selfies would show beside all strangers. */
export function tryBands(known: KnownEvent, selfies: ReadonlySet<string>, calibration: Calibration): SearchScore {
  const { embedded, strangers, modelVersion } = known
  const event = {
    ...known.event,
    selfies: known.event.selfies.filter(({ name }) => selfies.has(name)),
    truth: known.event.truth.filter(({ selfie }) => selfies.has(selfie)),
  }
  const index = indexOf(embedded, strangers, modelVersion)
  return scoreSearches({ event, selfies: embedded.selfies, index, strangers: strangers.length, calibration })
}

export interface Summary {
  searches: number
  right: number
  wrong: number
  recall: number
  precision: number
  wrongPerSearch: { sure: number; shown: number }
}

/** Counts of all tries together, and their ratios. */
export function summarize(tries: readonly SearchScore[]): Summary {
  const sum = (count: (one: SearchScore) => number) => tries.reduce((total, one) => total + count(one), 0)
  const [right, wrong, searches] = [sum(one => one.right), sum(one => one.wrong), sum(one => one.searches)]
  const findable = sum(one => one.right / Math.max(one.recall, 1e-9))
  return {
    searches,
    right,
    wrong,
    recall: Number((right / findable).toFixed(3)),
    precision: Number((right / Math.max(1, right + wrong)).toFixed(3)),
    wrongPerSearch: { sure: sum(one => one.sure.wrong) / searches, shown: wrong / searches },
  }
}
