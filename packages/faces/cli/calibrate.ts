import { createHash } from 'node:crypto'
import { parseArgs } from 'node:util'
import { CALIBRATION, type Calibration } from '../src/judge/calibrate.ts'
import { nearestStrangers, toCohort } from '../src/judge/crowding.ts'
import { findMatches } from '../src/judge/find-matches.ts'
import { fitCalibration, mean } from './fit-calibration.ts'
import { type KnownEvent, pairsOf, readKnownEvent } from './known-event.ts'

const USAGE = `npx tsx packages/faces/cli/calibrate.ts --event ../shared/data/event_demo [--cache faces.json]

Fits the confidence of matches on an event with truth.csv, and says how well a fit on half of the people does on the
other half. The coefficients go into packages/faces/src/judge/calibrate.ts by hand; docs/decisions/0011 explains them.`

const BOUND = 0.6
/** Times that the people are halved, at random. */
const HALVINGS = 20

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { event: { type: 'string' }, cache: { type: 'string' }, help: { type: 'boolean', default: false } },
  })
  if (values.help || !values.event) {
    console.error(USAGE)
    return values.help ? 0 : 64
  }
  const event = await readKnownEvent(values.event, values.cache)
  const selfies = [...event.selfies.keys()]
  const pairs = pairsOf(event)
  const fitOn = (some: readonly string[]) => fitCalibration(some.flatMap(selfie => pairs.get(selfie) ?? []))
  const report = {
    fit: { ...fitOn(selfies), typicalNearest: typicalNearest(event) },
    shipped: tryBands(event, selfies, CALIBRATION),
    heldOut: averaged(halve(selfies).map(([fitted, tried]) => tryBands(event, tried, fitOn(fitted)))),
    spread: spreadOf(event),
  }
  console.log(JSON.stringify(report, null, 2))
  return 0
}

/** Each halving both ways: fitted on, tried on. The same every time. */
function halve(selfies: readonly string[]): [string[], string[]][] {
  return Array.from({ length: HALVINGS }, (_, round) => round).flatMap((round): [string[], string[]][] => {
    const lot = (selfie: string) => createHash('sha256').update(`${round} ${selfie}`).digest('hex')
    const drawn = selfies
      .map(selfie => ({ selfie, lot: lot(selfie) }))
      .sort((a, b) => (a.lot < b.lot ? -1 : 1))
      .map(({ selfie }) => selfie)
    const half = Math.floor(drawn.length / 2)
    const [first, second] = [drawn.slice(0, half), drawn.slice(half)]
    return [
      [first, second],
      [second, first],
    ]
  })
}

/** What searches with these selfies would show: of the findable photos, those right, and wrong ones per search. */
function tryBands(event: KnownEvent, selfies: readonly string[], calibration: Calibration) {
  const { index, shows } = event
  const counts = { sure: { right: 0, wrong: 0 }, likely: { right: 0, wrong: 0 }, maybe: { right: 0, wrong: 0 } }
  for (const selfie of selfies) {
    for (const { photoId, band } of findMatches(index, event.selfies.get(selfie)!, BOUND, calibration)) {
      counts[band][shows.get(selfie)?.has(photoId) ? 'right' : 'wrong'] += 1
    }
  }
  const right = counts.sure.right + counts.likely.right
  const wrong = counts.sure.wrong + counts.likely.wrong
  return {
    searches: selfies.length,
    ...counts,
    recall: right / selfies.reduce((sum, selfie) => sum + (shows.get(selfie)?.size ?? 0), 0),
    precision: right / Math.max(1, right + wrong),
    wrongPerSearch: { sure: counts.sure.wrong / selfies.length, shown: wrong / selfies.length },
  }
}

function averaged(tries: readonly ReturnType<typeof tryBands>[]) {
  const of = (figure: (one: (typeof tries)[number]) => number) => Number(mean(tries.map(figure)).toFixed(3))
  return {
    tries: tries.length,
    recall: of(({ recall }) => recall),
    precision: of(({ precision }) => precision),
    wrongPerSearch: { sure: of(one => one.wrongPerSearch.sure), shown: of(one => one.wrongPerSearch.shown) },
  }
}

/** The mean distance of the event's faces to the nearest 4 % of strangers, as `crowdingAmong` looks at them. */
function typicalNearest({ index }: KnownEvent): number {
  const cohort = toCohort(index.sample())
  return mean(cohort.flatMap(face => nearestStrangers(face, cohort) ?? []))
}

/** Squared distances between and within people: what bench:search draws from. */
function spreadOf({ index, selfies, shows, unknown }: KnownEvent) {
  const squares = { same: [] as number[], strangers: [] as number[] }
  for (const [selfie, face] of selfies) {
    const seen = new Set<string>()
    const { rows, distances } = index.find(face.embedding, 10)
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

process.exitCode = await main()
