import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { assignBands } from '../src/bands.ts'
import { CALIBRATION } from '../src/calibrate.ts'
import type { Calibration } from '../src/calibrate.ts'
import { distanceBetween, fitCalibration } from './fit-calibration.ts'
import type { Pair } from './fit-calibration.ts'
import { embedEvent } from './embed-event.ts'
import type { EmbeddedEvent, EmbeddedFace } from './embed-event.ts'

const USAGE = `npx tsx packages/faces/cli/calibrate.ts --event ../shared/data/event_demo [--cache faces.json]

Fits the confidence of matches on an event with truth.csv, and says how well a fit on half of the people does on the
other half. The coefficients go into packages/faces/src/calibrate.ts by hand; docs/decisions/0011 explains them.`

const BOUND = 0.6

interface Truth {
  /** selfie -> photos that show its person */
  shows: Map<string, Set<string>>
  /** Photos of which it is not known who is on them: no pair with them is a pair of strangers for certain. */
  unknown: Set<string>
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { event: { type: 'string' }, cache: { type: 'string' }, help: { type: 'boolean', default: false } },
  })
  if (values.help || !values.event) {
    console.error(USAGE)
    return values.help ? 0 : 64
  }
  const event = await embedEvent(values.event, values.cache)
  const truth = await readTruth(values.event)
  const selfies = Object.keys(event.selfies).filter(selfie => event.selfies[selfie]!.length > 0)
  const halves = [0, 1].map(half => selfies.filter((_, n) => n % 2 === half))
  const fit = fitCalibration(pairsOf(event, truth, selfies))
  const heldOut = halves.map((fitted, n) => {
    const calibration = fitCalibration(pairsOf(event, truth, fitted))
    return tryBands(event, truth, halves[1 - n]!, calibration)
  })
  const shipped = tryBands(event, truth, selfies, CALIBRATION)
  console.log(JSON.stringify({ fit, heldOut, shipped, spread: spreadOf(event, truth) }, null, 2))
  return 0
}

async function readTruth(folder: string): Promise<Truth> {
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
  return { shows, unknown: new Set(unknown.map(([photo]) => photo!)) }
}

/** Every selfie with every face it may be compared with; of a photo that shows its person, the nearest face is theirs. */
function pairsOf(event: EmbeddedEvent, { shows, unknown }: Truth, selfies: string[]): Pair[] {
  return selfies.flatMap(selfie => {
    const probe = event.selfies[selfie]![0]!
    return Object.entries(event.photos).flatMap(([photo, faces]) => {
      const pairs = faces.map(face => pairOf(probe, face)).sort((a, b) => a.distance - b.distance)
      if (shows.get(selfie)?.has(photo)) return pairs.slice(0, 1).map(pair => ({ ...pair, same: true }))
      return unknown.has(photo) ? [] : pairs
    })
  })
}

function pairOf(probe: EmbeddedFace, face: EmbeddedFace): Pair {
  const distance = distanceBetween(probe.embedding, face.embedding)
  return { distance, probeQuality: probe.quality, faceQuality: face.quality, same: false }
}

/** What searches with these selfies would show: right and wrong photos per search and band. */
function tryBands(event: EmbeddedEvent, { shows, unknown }: Truth, selfies: string[], calibration: Calibration) {
  const faces = Object.entries(event.photos).flatMap(([photoId, list]) => list.map(face => ({ photoId, face })))
  const counts = { sure: { right: 0, wrong: 0 }, likely: { right: 0, wrong: 0 }, maybe: { right: 0, wrong: 0 } }
  for (const selfie of selfies) {
    const probe = event.selfies[selfie]![0]!
    const matches = faces
      .filter(({ photoId }) => !unknown.has(photoId) || shows.get(selfie)?.has(photoId))
      .map(({ photoId, face }) => ({ photoId, quality: face.quality, distance: pairOf(probe, face).distance }))
    const context = { faceCount: faces.length, probeQuality: probe.quality, threshold: BOUND }
    for (const { photoId, band } of assignBands(matches, context, calibration)) {
      counts[band][shows.get(selfie)?.has(photoId) ? 'right' : 'wrong'] += 1
    }
  }
  const possible = selfies.reduce((sum, selfie) => sum + (shows.get(selfie)?.size ?? 0), 0)
  const perSearch = (count: number) => Number((count / selfies.length).toFixed(3))
  return {
    searches: selfies.length,
    possible,
    ...counts,
    wrongPerSearch: { sure: perSearch(counts.sure.wrong), shown: perSearch(counts.sure.wrong + counts.likely.wrong) },
  }
}

/** Squared distances between and within people, and the distance of the mean from zero: what bench:search draws from. */
function spreadOf(event: EmbeddedEvent, truth: Truth) {
  const selfies = Object.keys(event.selfies).filter(selfie => event.selfies[selfie]!.length > 0)
  const pairs = pairsOf(event, truth, selfies).filter(({ faceQuality }) => faceQuality > 0.4)
  const within = meanSquare(pairs.filter(({ same }) => same)) / 2
  return { within, between: meanSquare(pairs.filter(({ same }) => !same)) / 2 - within }
}

const meanSquare = (pairs: Pair[]): number => pairs.reduce((sum, { distance }) => sum + distance ** 2, 0) / pairs.length

process.exitCode = await main()
