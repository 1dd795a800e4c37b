import { DIMENSIONS } from '@pix/faces/index/embedding.ts'
import type { FaceEngineName } from '@pix/faces/engines.ts'
import { CALIBRATIONS } from '@pix/faces/judge/calibrate.ts'
import { readSfaceSpread, rootOf } from './measured-spread.ts'
import { EMBEDDING_LENGTH } from '@pix/faces/see/describe-faces.ts'

/** How embeddings of a network are spread around their centre. */
interface Spread {
  centre: Float64Array
  /** From normal deviates to a face's deviation from the centre: of what lies between people and within each together. */
  deviate(normals: Float64Array): Float64Array
  /** The share of the variance that is within each person. */
  within: number
}

/** How fast the variance of face-api's embeddings falls: that of axis i is as e to the power −falling · i. */
interface Spectrum {
  between: number
  within: number
  falling: number
  centre: number
}

/**
 * Measured on shared/data/event_demo by `npm run calibrate:faces` (its `spread`). Squared distances of strangers spread as
 * there (mean 0.656, deviation 0.144; there 0.658 and 0.141). Strangers' mean squared distance is twice the sum of the
 * variances between people and within.
 */
const FACE_API: Spectrum = { between: 0.235, within: 0.094, falling: 0.055, centre: 1.27 }

/** Half of one person's median squared distance, 0.85 at length 1 (event_demo), of the strangers' variance. */
const SFACE_WITHIN = 0.393

const FACES_PER_PERSON = 12
const FACES_PER_PHOTO = 3
const MIRRORS = 3

/** A repeatable stream of numbers in [0, 1): mulberry32. */
function randomSource(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Normal deviates, from a pool of a million for speed, and directions. */
function createDraw(seed: number) {
  const random = randomSource(seed)
  const pool = Float64Array.from(
    { length: 1 << 20 },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  )
  const normals = () => {
    const from = Math.floor(random() * (pool.length - DIMENSIONS))
    return pool.subarray(from, from + DIMENSIONS)
  }
  const direction = () => {
    const values = normals()
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
    return values.map(value => value / length)
  }
  return { random, normals, direction }
}

type Draw = ReturnType<typeof createDraw>

/** SFace: the mean and the full covariance of strangers' embeddings (`measured-spread.ts`). */
function measuredSpread(): Spread {
  const { mean, covariance } = readSfaceSpread()
  const root = rootOf(covariance)
  const deviate = (normals: Float64Array) => {
    const values = new Float64Array(DIMENSIONS)
    for (let i = 0; i < DIMENSIONS; i += 1) {
      const row = root[i]!
      let sum = 0
      for (let j = 0; j <= i; j += 1) sum += row[j]! * normals[j]!
      values[i] = sum
    }
    return values
  }
  return { centre: Float64Array.from(mean), deviate, within: SFACE_WITHIN }
}

/** face-api: only the spectrum is measured. Axes are turned at random, so that no dimension is special. */
function spectrumSpread({ between, within, falling, centre }: Spectrum, { direction }: Draw): Spread {
  const weights = Float64Array.from({ length: DIMENSIONS }, (_, i) => Math.exp(-falling * i))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const deviations = weights.map(weight => Math.sqrt((weight / total) * (between + within)))
  const mirrors = Array.from({ length: MIRRORS }, direction)
  const deviate = (normals: Float64Array) => {
    const values = normals.map((value, i) => value * deviations[i]!)
    for (const mirror of mirrors) {
      let along = 0
      for (let i = 0; i < DIMENSIONS; i += 1) along += mirror[i]! * values[i]!
      for (let i = 0; i < DIMENSIONS; i += 1) values[i]! -= 2 * along * mirror[i]!
    }
    return values
  }
  return { centre: direction().map(value => value * centre), deviate, within: within / (between + within) }
}

/** Draws people, their faces, and faces of people of whom there is one only. */
function createPeople(seed: number, kind: FaceEngineName) {
  const draw = createDraw(seed)
  const { centre, deviate, within } = kind === 'sface' ? measuredSpread() : spectrumSpread(FACE_API, draw)

  function around(middle: Float64Array, share: number): Float64Array {
    const size = Math.sqrt(share)
    return deviate(draw.normals()).map((value, i) => middle[i]! + size * value)
  }

  return {
    random: draw.random,
    person: () => around(centre, 1 - within),
    face: (person: Float64Array) => atLength(around(person, within)),
    stranger: () => atLength(around(centre, 1)),
  }
}

function atLength(values: Float64Array): Float64Array {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
  return values.map(value => (value * EMBEDDING_LENGTH) / length)
}

/** `count` faces of people and, to search for, one more face of each of `queries` of those people. */
export function drawEvent(kind: FaceEngineName, seed: number, count: number, queries: number) {
  const { person, face } = createPeople(seed, kind)
  const rows = new Float32Array(count * DIMENSIONS)
  const probes: Float32Array[] = []
  let someone = person()
  for (let row = 0; row < count; row += 1) {
    if (row % FACES_PER_PERSON === 0) {
      someone = person()
      if (probes.length < queries) probes.push(Float32Array.from(face(someone)))
    }
    rows.set(face(someone), row * DIMENSIONS)
  }
  return { rows, probes }
}

/**
 * `count` faces of people who appear a dozen times on average, in any order, three to a photo.
 *
 * @returns by row: the embeddings, who is on it and in which photo; nobody is twice in one photo
 */
export function drawCrowd(kind: FaceEngineName, seed: number, count: number) {
  const { random, person, face } = createPeople(seed, kind)
  const drawn: { who: number; at: number }[] = []
  const rows = new Float32Array(count * DIMENSIONS)
  for (let who = 0; drawn.length < count; who += 1) {
    const someone = person()
    const appearances = Math.ceil(-FACES_PER_PERSON * Math.log(1 - random()))
    for (let n = 0; n < appearances && drawn.length < count; n += 1) {
      rows.set(face(someone), drawn.length * DIMENSIONS)
      drawn.push({ who, at: random() })
    }
  }
  const order = drawn.map((_, row) => row).sort((a, b) => drawn[a]!.at - drawn[b]!.at)
  const photos = new Uint32Array(count)
  let photo: number[] = []
  let number = 0
  for (const row of order) {
    if (photo.length === FACES_PER_PHOTO || photo.includes(drawn[row]!.who)) {
      photo = []
      number += 1
    }
    photo.push(drawn[row]!.who)
    photos[row] = number
  }
  return { rows, order, who: Uint32Array.from(drawn, one => one.who), photos }
}

/**
 * Hard rows for one probe: the share `inside` of them nearer than the bound in any direction, 10,000 (or a tenth)
 * within 1e-4 of it on either side, the rest strangers.
 */
export function drawHard(kind: FaceEngineName, seed: number, count: number, inside: number) {
  const bound = CALIBRATIONS[kind].outerBound
  const { random, stranger } = createPeople(seed, kind)
  const { direction } = createDraw(seed + 1)
  const probe = Float32Array.from(stranger())
  const rows = new Float32Array(count * DIMENSIONS)
  const near = Math.floor(count * inside)
  const edge = near + Math.min(10_000, Math.floor(count / 10))
  // Spread over the whole index, as real ones would be: a step without a common factor visits every row once.
  const place = (n: number) => ((n * 7_919) % count) * DIMENSIONS
  for (let n = 0; n < count; n += 1) {
    if (n >= edge) rows.set(stranger(), place(n))
    else {
      const distance = n < near ? bound * Math.sqrt(random()) : bound + 1e-4 * (2 * random() - 1)
      const step = direction()
      rows.set(
        probe.map((value, i) => value + distance * step[i]!),
        place(n),
      )
    }
  }
  return { rows, probes: [probe] }
}
