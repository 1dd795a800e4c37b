import { DIMENSIONS } from '../src/index/embedding.ts'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createEventIndex } from '../src/index/event-index.ts'
import type { EventIndex } from '../src/index/event-index.ts'

const USAGE = `npm run index -- search --rows rows.f32 --queries q.f32 --threshold 0.6 --json

Lists, for every query, the rows within the threshold (Euclidean), nearest first. The files hold rows of 128 float32,
little-endian. --json: [[{ row, distance }]]; without it a line per query with the number of rows found.`

const BATCH = 10_000

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rows: { type: 'string' },
      queries: { type: 'string' },
      threshold: { type: 'string', default: '0.6' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const threshold = Number(values.threshold)
  if (values.help || positionals[0] !== 'search' || !values.rows || !values.queries || !(threshold >= 0)) {
    console.error(USAGE)
    return values.help ? 0 : 64
  }
  const index = indexRows(readRows(values.rows))
  const queries = readRows(values.queries)
  queries.forEach((query, n) =>
    print(index, query, { threshold, json: values.json, last: n === queries.length - 1 }, n),
  )
  if (values.json && queries.length === 0) console.log('[]')
  return 0
}

function readRows(file: string): Float32Array[] {
  const bytes = readFileSync(file)
  const rowBytes = DIMENSIONS * 4
  if (bytes.length % rowBytes !== 0) throw new Error(`${file}: ${bytes.length} bytes are no whole rows of ${rowBytes}`)
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  const count = values.length / DIMENSIONS
  return Array.from({ length: count }, (_, row) => values.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS))
}

/** Row numbers of one width as ids, so that equal distances come in the order of the rows. */
function indexRows(rows: Float32Array[]): EventIndex {
  const index = createEventIndex({ modelVersion: 'file' })
  for (let start = 0; start < rows.length; start += BATCH) {
    index.add(
      rows.slice(start, start + BATCH).map((embedding, n) => {
        const id = String(start + n).padStart(10, '0')
        return { faceId: id, photoId: id, quality: 1, embedding }
      }),
    )
  }
  return index
}

interface Printing {
  threshold: number
  json: boolean
  last: boolean
}

/** One query at a time: the answers to all of them together may be longer than a string can be. */
function print(index: EventIndex, query: Float32Array, { threshold, json, last }: Printing, n: number): void {
  // The index's rows are the file's: they keep the order in which they were added, as none is removed.
  const { rows, distances } = index.find(query, threshold)
  const hits = Array.from(rows, (row, at) => ({ row, distance: distances[at] }))
  if (json) process.stdout.write(`${n === 0 ? '[' : ''}${JSON.stringify(hits)}${last ? ']\n' : ',\n'}`)
  else console.log(`query ${n}: ${hits.length} rows`)
}

try {
  process.exitCode = main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
