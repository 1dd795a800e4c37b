import { DIMENSIONS } from '@pix/faces/index/embedding.ts'
import { parseArgs } from 'node:util'
import { FACE_ENGINES, type FaceEngineName } from '@pix/faces/engines.ts'
import { groupPeople, type GroupedFace } from '@pix/faces/group/group-people.ts'
import { createEventIndex, type EventIndex } from '@pix/faces/index/event-index.ts'
import { ownersOf, readKnownEvent } from './calibration/known-event.ts'
import { indexOf, isStranger, strangerId } from './face-searches.ts'
import { drawCrowd } from './search-rows.ts'

const USAGE = `npm run bench:groups -- [--faces 100000] [--json]
       npm run bench:groups -- --event <folder> [--engine sface|face-api] [--strangers <folder>] [--cache <folder>]

Groups the faces of an event into people, faces with the spread of real ones, and says how long it takes and how right
it is: of the pairs of faces put together the share that is one person's (precision), and of one person's pairs the
share put together (recall). Seconds are of CPU time besides those of the clock. With --event the faces of a folder laid
out like shared/data/event_demo, where only those of people with a selfie, and strangers, count.`

const BATCH = 1_000

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      faces: { type: 'string', default: '100000' },
      event: { type: 'string' },
      engine: { type: 'string', default: FACE_ENGINES[0] },
      strangers: { type: 'string' },
      cache: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const count = Number(values.faces)
  const engine = FACE_ENGINES.find(name => name === values.engine)
  if (values.help || !(count > 0) || !engine) {
    console.error(USAGE)
    return values.help ? 0 : 64
  }
  const { event, ...place } = values
  const report = event ? await measureEvent(engine, { ...place, event }) : measureDrawn(count)
  console.log(values.json ? JSON.stringify(report) : describe(report))
  return 0
}

function measureDrawn(count: number) {
  const { rows, order, who, photos } = drawCrowd('face-api', 3, count)
  const faces = order.map((row, n) => ({
    faceId: uuidOf(n),
    photoId: uuidOf(photos[row]!),
    quality: 0.8,
    embedding: rows.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS),
  }))
  const index = createEventIndex({ modelVersion: 'bench' })
  for (let from = 0; from < count; from += BATCH) index.add(faces.slice(from, from + BATCH))
  return measure(faces, index, n => String(who[order[n]!]))
}

async function measureEvent(engine: FaceEngineName, place: Parameters<typeof readKnownEvent>[1]) {
  const known = await readKnownEvent(engine, place)
  const index = indexOf(known.embedded, known.strangers, known.modelVersion)
  const owners = ownersOf(known, index)
  const faces = [
    ...Object.entries(known.embedded.photos).flatMap(([photoId, some]) =>
      some.map(({ quality }, n) => ({ faceId: `${photoId}#${n}`, photoId, quality })),
    ),
    ...known.strangers.map(({ quality }, n) => ({ faceId: strangerId(n), photoId: strangerId(n), quality })),
  ]
  return measure(faces, index, (_, faceId) => owners.get(faceId) ?? (isStranger(faceId) ? faceId : null))
}

/** @param personOf who a face shows; null where that is not known and the face does not count */
function measure(faces: GroupedFace[], index: EventIndex, personOf: (n: number, faceId: string) => string | null) {
  const cpu = process.cpuUsage()
  const start = performance.now()
  const people = groupPeople(faces, index)
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const known = faces.flatMap(({ faceId }, n) => {
    const [found, person] = [people.get(faceId), personOf(n, faceId)]
    return found === undefined || person === null ? [] : [{ found, person }]
  })
  const found = known.map(one => one.found)
  const persons = known.map(({ person }) => person)
  return {
    faces: faces.length,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    people: new Set(found).size,
    peopleKnown: new Set(persons).size,
    ...pairsAgreed(found, persons),
  }
}

/** Ids as the product has them, in the order of their making. */
const uuidOf = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`

function pairsAgreed(found: readonly string[], drawn: readonly string[]): { precision: number; recall: number } {
  const both = pairsWithin(found.map((person, n) => `${person} ${drawn[n]}`))
  return { precision: both / pairsWithin(found), recall: both / pairsWithin(drawn) }
}

/** Pairs of places that hold the same. */
function pairsWithin(values: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
}

function describe(report: ReturnType<typeof measure>): string {
  const { faces, seconds, cpuSeconds, people, peopleKnown, precision, recall } = report
  return [
    `${faces} faces grouped in ${seconds.toFixed(1)} s (CPU ${cpuSeconds.toFixed(1)} s)`,
    `${people} people found where there are ${peopleKnown}`,
    `pairs: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`,
  ].join('\n')
}

process.exitCode = await main()
