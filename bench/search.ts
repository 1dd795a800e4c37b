import { DIMENSIONS } from '@pix/faces/index/embedding.ts'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { FACE_ENGINES, MODEL_VERSIONS, type FaceEngineName } from '@pix/faces/engines.ts'
import { CALIBRATIONS } from '@pix/faces/judge/calibrate.ts'
import { findMatches } from '@pix/faces/judge/find-matches.ts'
import { createEventIndex, readSnapshot } from '@pix/faces/index/event-index.ts'
import type { EventIndex } from '@pix/faces/index/event-index.ts'
import type { RowHits } from '@pix/faces/index/row-hits.ts'
import { quantile } from './quantile.ts'
import { startPeer } from './search-peer.ts'
import type { Peer } from './search-peer.ts'
import { drawEvent, drawHard } from './search-rows.ts'

const USAGE = `npm run bench:search -- [--faces 1000000] [--rows sface|face-api|both] [--queries 40] [--python python3]
  [--json]

Exact search in one process against faiss-cpu's IndexFlatL2 on one thread (pip install faiss-cpu numpy), taking turns on
the same rows: faces with the spread of each engine's real ones, searched at that engine's bound, and hard rows packed
around it. Both give row numbers and distances (ours in order); what judging every hit costs on top is
measured separately.`

const QUALITY = 0.8
/** Rows this near to the bound may be in one answer and not in the other: faiss adds up in single precision. */
const UNDECIDED = 1e-6
const WARM_UP = 5
const MB = 1024 * 1024

interface Figures {
  p50Ms: number
  p95Ms: number
  /** CPU time of a search, median: what remains comparable on a machine that is busy with other things. */
  cpuMs: number
}

interface Comparison {
  ours: Figures
  faiss: Figures | null
  ratio: number | null
  cpuRatio: number | null
  identical: boolean | null
  found: number
  /** What a search of the product costs, which judges every hit. */
  matchesCpuMs: number
}

interface KindReport {
  rows: FaceEngineName
  bound: number
  real: Comparison & { kept: Kept }
  hard: (Comparison & { inside: number })[]
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      faces: { type: 'string', default: '1000000' },
      rows: { type: 'string', default: 'both' },
      queries: { type: 'string', default: '40' },
      python: { type: 'string', default: 'python3' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const [faces, queries] = [Number(values.faces), Number(values.queries)]
  const asked = FACE_ENGINES.filter(kind => values.rows === 'both' || values.rows === kind)
  if (values.help || asked.length === 0 || !(faces > 0) || !(queries > 0)) {
    console.error(USAGE)
    return values.help ? 0 : 64
  }
  const kinds: KindReport[] = []
  for (const kind of asked) kinds.push(await measureKind(kind, faces, queries, values.python))
  const all = kinds.flatMap(({ real, hard }) => [real, ...hard])
  const identical = all.every(one => one.identical !== false) && all.some(one => one.identical !== null)
  console.log(values.json ? JSON.stringify({ faces, identical, kinds }) : describe(faces, kinds))
  return all.some(one => one.identical === false) ? 1 : 0
}

async function measureKind(kind: FaceEngineName, faces: number, queries: number, python: string): Promise<KindReport> {
  const real = await compare(drawEvent(kind, 1, faces, queries), { kind, queries, python, keep: measureKeeping })
  const hard: KindReport['hard'] = []
  for (const inside of [0.01, 0.1]) {
    const drawn = drawHard(kind, 2, faces, inside)
    const { kept: _, ...figures } = await compare(drawn, { kind, queries, python, keep: async () => null })
    hard.push({ inside, ...figures })
  }
  return { rows: kind, bound: CALIBRATIONS[kind].outerBound, real, hard }
}

/** Builds the index, then lets both answer the same queries in turn. */
async function compare<K>(
  { rows, probes }: { rows: Float32Array; probes: Float32Array[] },
  { kind, queries, python, keep }: { kind: FaceEngineName; queries: number; python: string; keep: Keep<K> },
): Promise<Comparison & { kept: K }> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-search-'))
  let peer: Peer | null = null
  try {
    await writeFile(join(folder, 'rows.f32'), bytesOf(rows))
    await writeFile(join(folder, 'queries.f32'), Buffer.concat(probes.map(bytesOf)))
    const index = buildIndex(kind, rows)
    peer = await startPeer(python, join(folder, 'rows.f32'), join(folder, 'queries.f32'))
    const comparison = await takeTurns(index, probes, { bound: CALIBRATIONS[kind].outerBound, queries }, peer)
    return { ...comparison, kept: await keep(index, rows, folder) }
  } finally {
    peer?.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function buildIndex(kind: FaceEngineName, rows: Float32Array): EventIndex {
  const index = createEventIndex({ modelVersion: MODEL_VERSIONS[kind] })
  for (let from = 0; from < rows.length; from += 1000 * DIMENSIONS) {
    index.add(facesFrom(rows.subarray(from, from + 1000 * DIMENSIONS), from / DIMENSIONS))
  }
  return index
}

function facesFrom(rows: Float32Array, first: number) {
  return Array.from({ length: rows.length / DIMENSIONS }, (_, n) => ({
    faceId: uuidOf(first + n),
    photoId: uuidOf(Math.floor((first + n) / 3)),
    quality: QUALITY,
    embedding: rows.subarray(n * DIMENSIONS, (n + 1) * DIMENSIONS),
  }))
}

/** Ids as the product has them; the last digits are the number. */
const uuidOf = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`

async function takeTurns(
  index: EventIndex,
  probes: Float32Array[],
  { bound, queries }: { bound: number; queries: number },
  peer: Peer | null,
) {
  const ours: Timing[] = []
  const theirs: Timing[] = []
  const matches: Timing[] = []
  let identical = true
  let found = 0
  for (let n = -WARM_UP; n < queries; n += 1) {
    const which = Math.max(n, 0) % probes.length
    const probe = probes[which]!
    const mine = timed(() => index.find(probe, bound))
    const answer = await peer?.search(which, bound)
    if (n < 0) continue
    found += mine.value.rows.length / queries
    ours.push(mine)
    if (!answer) continue
    theirs.push(answer)
    identical &&= sameRows(index, { probe, bound }, mine.value, answer.rows)
  }
  // Afterwards: collecting the garbage of so many objects would count in the other program's turn.
  for (const embedding of probes.slice(0, 10)) {
    matches.push(timed(() => findMatches(index, { embedding, quality: QUALITY })))
  }
  const [a, b] = [figuresOf(ours), theirs.length > 0 ? figuresOf(theirs) : null]
  const ratio = b && a.p50Ms / b.p50Ms
  return {
    ours: a,
    faiss: b,
    ratio,
    cpuRatio: b && a.cpuMs / b.cpuMs,
    identical: b && identical,
    found,
    matchesCpuMs: figuresOf(matches).cpuMs,
  }
}

/** Equal but for rows at the very bound. Rows keep the order in which they were added: none was removed. */
function sameRows(
  index: EventIndex,
  { probe, bound }: { probe: Float32Array; bound: number },
  { rows, distances }: RowHits,
  theirRows: number[],
): boolean {
  const theirs = new Set(theirRows)
  const known = new Set(rows)
  const wide = new Set(index.find(probe, bound + UNDECIDED).rows)
  const allKnown = rows.every((row, n) => theirs.has(row) || bound - distances[n]! < UNDECIDED)
  return allKnown && theirRows.every(row => known.has(row) || wide.has(row))
}

/** Load from a snapshot's file, and appending a thousand faces to a large index, in the median. */
async function measureKeeping(index: EventIndex, rows: Float32Array, folder: string) {
  const file = join(folder, 'snapshot.bin')
  const write = await timedWrite(index, file)
  const loads: (Timing & { rssMb: number })[] = []
  for (let n = 0; n < 3; n += 1) loads.push(await timedLoad(file, index.modelVersion))
  const appends = Array.from({ length: 15 }, (_, n) => {
    const faces = facesFrom(rows.slice(0, 1000 * DIMENSIONS), index.size + n)
    return timed(() => index.add(faces)).ms
  })
  const load = loads.sort((a, b) => a.ms - b.ms)[1]!
  return {
    loadMs: load.ms,
    loadCpuMs: load.cpuMs,
    loadRssMb: load.rssMb,
    appendMs: quantile(appends, 0.5),
    ...write,
    indexMb: Math.round(index.bytes / MB),
  }
}

/** Writing a snapshot while other work waits for its turn; `snapshotPauseMs` is the longest that it had to wait. */
async function timedWrite(index: EventIndex, file: string) {
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  const cpu = process.cpuUsage()
  await pipeline(index.snapshot(1), createWriteStream(file))
  const { user, system } = process.cpuUsage(cpu)
  delays.disable()
  return {
    snapshotCpuMs: (user + system) / 1000,
    snapshotPauseMs: delays.max / 1e6,
    snapshotMb: Math.round((await stat(file)).size / MB),
  }
}

/** `rssMb`: by how much the process has grown when the index is there. */
async function timedLoad(file: string, modelVersion: string) {
  const before = process.memoryUsage().rss
  const cpu = process.cpuUsage()
  const start = performance.now()
  const { index } = await readSnapshot(createReadStream(file, { highWaterMark: MB }), modelVersion)
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  const rssMb = Math.round((process.memoryUsage().rss - before) / MB)
  if (index.size === 0) throw new Error('the snapshot came back empty')
  return { ms, cpuMs: (user + system) / 1000, rssMb }
}

interface Timing {
  ms: number
  cpuMs: number
}

function timed<T>(work: () => T): Timing & { value: T } {
  const cpu = process.cpuUsage()
  const start = performance.now()
  const value = work()
  const ms = performance.now() - start
  const used = process.cpuUsage(cpu)
  return { value, ms, cpuMs: (used.user + used.system) / 1000 }
}

function figuresOf(timings: Timing[]): Figures {
  const wall = timings.map(({ ms }) => ms)
  return {
    p50Ms: quantile(wall, 0.5),
    p95Ms: quantile(wall, 0.95),
    cpuMs: quantile(
      timings.map(({ cpuMs }) => cpuMs),
      0.5,
    ),
  }
}

const bytesOf = (values: Float32Array): Buffer => Buffer.from(values.buffer, values.byteOffset, values.byteLength)

type Keep<K> = (index: EventIndex, rows: Float32Array, folder: string) => Promise<K>
type Kept = Awaited<ReturnType<typeof measureKeeping>>

function describe(faces: number, kinds: readonly KindReport[]): string {
  return [`${faces} faces, p50 / p95`, ...kinds.flatMap(describeKind)].join('\n')
}

function describeKind({ rows, bound, real, hard }: KindReport): string[] {
  const { kept } = real
  return [
    `${rows} rows, bound ${bound}`,
    describeComparison('faces as real ones', real),
    ...hard.map(one => describeComparison(`hard, ${one.inside * 100} % inside`, one)),
    `snapshot written in ${kept.snapshotCpuMs.toFixed(0)} ms of CPU, longest pause ${kept.snapshotPauseMs.toFixed(0)} ms`,
    `load from snapshot ${kept.loadMs.toFixed(0)} ms (CPU ${kept.loadCpuMs.toFixed(0)} ms, ${kept.snapshotMb} MB, ` +
      `process grew by ${kept.loadRssMb} MB), append 1,000 faces ` +
      `${kept.appendMs.toFixed(1)} ms, index ${kept.indexMb} MB`,
  ]
}

function describeComparison(name: string, one: Comparison): string {
  return [
    name.padEnd(28),
    `${one.ours.p50Ms.toFixed(1)} / ${one.ours.p95Ms.toFixed(1)} ms`,
    one.faiss ? `faiss ${one.faiss.p50Ms.toFixed(1)} / ${one.faiss.p95Ms.toFixed(1)} ms` : 'faiss not installed',
    `ratio ${one.ratio?.toFixed(3) ?? '–'} (CPU ${one.cpuRatio?.toFixed(3) ?? '–'})`,
    `CPU ${one.ours.cpuMs.toFixed(1)} / ${one.faiss?.cpuMs.toFixed(1) ?? '–'} ms, as matches ${one.matchesCpuMs.toFixed(1)} ms`,
    `${one.found.toFixed(0)} found`,
    `identical ${one.identical ?? '–'}`,
  ].join('   ')
}

process.exitCode = await main()
