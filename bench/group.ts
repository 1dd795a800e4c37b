import { parseArgs } from 'node:util'
import { groupPeople } from '@pix/faces/group/group-people.ts'
import { createEventIndex } from '@pix/faces/index/event-index.ts'
import { drawCrowd } from './search-rows.ts'

const USAGE = `npm run bench:groups -- [--faces 100000] [--json]

Groups the faces of an event into people, faces with the spread of real ones, and says how long it takes and how right
it is: of the pairs of faces put together the share that is one person's (precision), and of one person's pairs the
share put together (recall). Seconds are of CPU time besides those of the clock.`

const DIMENSIONS = 128
const BATCH = 1_000

function main(): number {
  const { values } = parseArgs({
    options: {
      faces: { type: 'string', default: '100000' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const count = Number(values.faces)
  if (values.help || !(count > 0)) {
    console.error(USAGE)
    return values.help ? 0 : 64
  }
  const report = { faces: count, ...measure(count) }
  console.log(values.json ? JSON.stringify(report) : describe(report))
  return 0
}

function measure(count: number) {
  const { rows, order, who, photos } = drawCrowd(3, count)
  const faces = order.map((row, n) => ({
    faceId: uuidOf(n),
    photoId: uuidOf(photos[row]!),
    quality: 0.8,
    embedding: rows.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS),
  }))
  const index = createEventIndex({ modelVersion: 'bench' })
  for (let from = 0; from < count; from += BATCH) index.add(faces.slice(from, from + BATCH))
  const cpu = process.cpuUsage()
  const start = performance.now()
  const people = groupPeople(faces, index)
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const found = faces.map(({ faceId }) => people.get(faceId)!)
  const drawn = order.map(row => who[row]!)
  return {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    people: new Set(found).size,
    peopleDrawn: new Set(drawn).size,
    ...pairsAgreed(found, drawn),
  }
}

/** Ids as the product has them, in the order of their making. */
const uuidOf = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`

function pairsAgreed(found: readonly string[], drawn: readonly number[]): { precision: number; recall: number } {
  const both = pairsWithin(found.map((person, n) => `${person} ${drawn[n]}`))
  return { precision: both / pairsWithin(found), recall: both / pairsWithin(drawn) }
}

/** Pairs of places that hold the same. */
function pairsWithin(values: readonly (string | number)[]): number {
  const counts = new Map<string | number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
}

function describe(report: { faces: number } & ReturnType<typeof measure>): string {
  const { faces, seconds, cpuSeconds, people, peopleDrawn, precision, recall } = report
  return [
    `${faces} faces grouped in ${seconds.toFixed(1)} s (CPU ${cpuSeconds.toFixed(1)} s)`,
    `${people} people found, ${peopleDrawn} drawn`,
    `pairs: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`,
  ].join('\n')
}

process.exitCode = main()
