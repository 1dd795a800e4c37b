import { parseArgs } from 'node:util'
import { FACE_ENGINES, type FaceEngineName } from '@pix/faces/engines.ts'
import { CALIBRATIONS } from '@pix/faces/judge/calibrate.ts'
import { heldOut, type Summary } from './calibration/held-out.ts'
import { type KnownEvent, pairsOf, readKnownEvent, selfiesOf } from './calibration/known-event.ts'
import { countRecall, DEFAULT_EVENT, readCorrections, readFaceEvent } from './face-event.ts'
import { evaluatePeer } from './face-peer-reading.ts'
import { indexOf, scoreSearches, type SearchScore } from './face-searches.ts'
import { scoreVerification, type Reading, type VerificationRow } from './face-verification.ts'

const USAGE = `npm run eval:faces -- [--engine sface|face-api|both] [--event <folder>] [--strangers <folder>]
  [--cache <folder>] [--python python3] [--json]

How well faces are distinguished on a folder laid out like shared/data/event_demo: verification (false accepts and
rejects), detection recall, and recall and precision of a whole event searched by selfie, where sure and likely count as
found: alone, beside 1,000 and beside all pictures of strangers (one face each), and reckoned for 100,000. Also by fits
on four fifths of the people, tried on the other fifth.`

/** Beside how many strangers events are searched; fewer where there are not so many. */
const STRANGERS = [0, 1_000, 4_000]
const RECKONED = 100_000

interface EngineReport {
  engine: FaceEngineName
  verification: VerificationRow[]
  detection: number | null
  searches: SearchScore[]
  heldOut: ({ strangers: number } & Summary)[]
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      engine: { type: 'string', default: 'both' },
      event: { type: 'string', default: DEFAULT_EVENT },
      strangers: { type: 'string' },
      cache: { type: 'string' },
      python: { type: 'string', default: 'python3' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const engines = FACE_ENGINES.filter(name => values.engine === 'both' || values.engine === name)
  if (values.help || engines.length === 0) {
    console.error(USAGE)
    return values.help ? 0 : 64
  }
  const peer = await evaluatePeer(readFaceEvent(values.event), values.python)
  const reports: EngineReport[] = []
  for (const engine of engines) {
    const known = await readKnownEvent(engine, values)
    reports.push(evaluate(engine, known, peer?.reading ?? null))
  }
  const report = { engines: reports, peer: peer && { detection: peer.detection, event: peer.event } }
  if (values.json) console.log(JSON.stringify(report))
  else print(report)
  return 0
}

function evaluate(engine: FaceEngineName, known: KnownEvent, peer: Reading | null): EngineReport {
  const calibration = CALIBRATIONS[engine]
  const photos = new Map(Object.entries(known.embedded.photos))
  const selfies = new Map([...selfiesOf(known)].map(([name, { embedding }]) => [name, embedding]))
  const counts = [...new Set(STRANGERS.map(count => Math.min(count, known.strangers.length)))]
  const beside = counts.map(count => ({ ...known, strangers: known.strangers.slice(0, count) }))
  const score = (some: KnownEvent, scaledTo?: number) =>
    scoreSearches({
      event: some.event,
      selfies: some.embedded.selfies,
      index: indexOf(some.embedded, some.strangers, some.modelVersion),
      strangers: some.strangers.length,
      calibration,
      ...(scaledTo !== undefined && { scaledTo }),
    })
  return {
    engine,
    verification: scoreVerification(known.event, { selfies, photos, bound: calibration.outerBound }, peer),
    detection: countRecall(known.event, new Map([...photos].map(([name, faces]) => [name, faces.length]))),
    searches: [...beside.map(some => score(some)), ...(known.strangers.length > 0 ? [score(known, RECKONED)] : [])],
    heldOut: beside.map(some => ({
      strangers: some.strangers.length,
      ...heldOut(some, pairsOf(some), calibration),
    })),
  }
}

function print({
  engines,
  peer,
}: {
  engines: EngineReport[]
  peer: { detection: number | null; event: object[] } | null
}) {
  for (const { engine, verification, detection, searches, heldOut: folds } of engines) {
    console.log(`\n${engine}: detection recall by number ${detection?.toFixed(3)}`)
    console.log('verification')
    console.table(verification.map(verificationRow))
    console.log(
      `whole event by selfie; the list is corrected by ${readCorrections().length} pairs (truth-corrections.csv)`,
    )
    console.table(searches.map(searchRow))
    console.log('recall by slice (pairs)')
    console.table(
      searches.map(({ strangers, scaled, slices }) => ({ strangers: named(strangers, scaled), ...sliceRow(slices) })),
    )
    console.log('people held out over five folds')
    console.table(folds)
  }
  if (peer) console.table(peer.event)
  else console.log('face_recognition is not installed for this python: no peer')
}

const named = (strangers: number, scaled: boolean) => `${strangers}${scaled ? ' (reckoned)' : ''}`

const searchRow = ({ strangers, scaled, searches, right, wrong, wrongStrangers, ...score }: SearchScore) => ({
  strangers: named(strangers, scaled),
  recall: score.recall.toFixed(3),
  '95 % over people': score.recallInterval.map(value => value.toFixed(3)).join('–'),
  precision: score.precision.toFixed(3),
  right,
  wrong: Math.round(wrong),
  'of them strangers': Math.round(wrongStrangers),
  sure: score.sure.right,
  'wrong in sure per search': (score.sure.wrong / searches).toFixed(3),
  'with the list corrected': (score.sure.wrongCorrected / searches).toFixed(3),
  'shown for nobody': score.shownForStrangers,
})

const sliceRow = (slices: SearchScore['slices']) =>
  Object.fromEntries(slices.map(({ slice, pairs, recall }) => [`${slice} (${pairs})`, recall.toFixed(2)]))

const verificationRow = ({ threshold, frrAtFar0001, interval, farAtBound, frrAtBound, ...row }: VerificationRow) => ({
  ...row,
  'FAR 0.1 % at': threshold?.toFixed(3) ?? '',
  'FRR there': frrAtFar0001?.toFixed(3) ?? '',
  '95 %': interval?.map(value => value.toFixed(3)).join('–') ?? '',
  'FAR at the bound': farAtBound.toFixed(4),
  'FRR at the bound': frrAtBound.toFixed(3),
})

process.exitCode = await main()
