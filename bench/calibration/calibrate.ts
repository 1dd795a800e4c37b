import { parseArgs } from 'node:util'
import { FACE_ENGINES } from '@pix/faces/engines.ts'
import { CALIBRATIONS, type Calibration } from '@pix/faces/judge/calibrate.ts'
import { nearestStrangers, toCohort } from '@pix/faces/judge/crowding.ts'
import { indexOf } from '../face-searches.ts'
import { measureSpread, writeSpread } from '../measured-spread.ts'
import { fitCalibration, mean } from './fit-calibration.ts'
import { heldOut, summarize, tryBands } from './held-out.ts'
import { type KnownEvent, pairsOf, readKnownEvent, spreadOf, strangersAmong } from './known-event.ts'

const USAGE = `npm run calibrate:faces -- --engine sface|face-api --event ../shared/data/event_demo
  [--strangers ../shared/data/strangers] [--cache <folder>] [--spread-file <file>]

Fits the confidence of matches on an event with truth.csv and strangers' pictures beside it, and says how well fits on
four fifths of the people do on the other fifth. The coefficients go into packages/faces/src/judge/calibrate.ts by hand;
docs/decisions/0011 explains them. --spread-file writes the mean and covariance of the strangers' embeddings, from which
bench:search draws.`

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      engine: { type: 'string', default: 'sface' },
      event: { type: 'string' },
      strangers: { type: 'string' },
      cache: { type: 'string' },
      'spread-file': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const engine = FACE_ENGINES.find(name => name === values.engine)
  if (values.help || !values.event || !engine) {
    console.error(USAGE)
    return values.help ? 0 : 64
  }
  const known = await readKnownEvent(engine, { ...values, event: values.event })
  if (values['spread-file'])
    await writeSpread(values['spread-file'], measureSpread(known.strangers.map(({ embedding }) => embedding)))
  const shipped = CALIBRATIONS[engine]
  const pairs = pairsOf(known)
  const { falseMatch, evidence } = fitCalibration([...pairs.values()].flat(), shipped, strangersAmong(known, shipped))
  const index = indexOf(known.embedded, known.strangers, known.modelVersion)
  const report = {
    engine,
    strangers: known.strangers.length,
    fit: { falseMatch, evidence, typicalNearest: typicalNearest(known, shipped) },
    spread: spreadOf(known, index),
    shipped: summarize([tryBands(known, new Set(pairs.keys()), shipped)]),
    heldOut: heldOut(known, pairs, shipped),
  }
  console.log(JSON.stringify(report, null, 2))
  return 0
}

/** The mean distance of the event's faces to the nearest 4 % of strangers, as `crowdingAmong` looks at them. */
function typicalNearest({ embedded, modelVersion }: KnownEvent, calibration: Calibration): number {
  const cohort = toCohort(indexOf(embedded, [], modelVersion).sample())
  return mean(cohort.flatMap(face => nearestStrangers(face, cohort, calibration) ?? []))
}

process.exitCode = await main()
