import { DIMENSIONS } from '@pix/faces/index/embedding.ts'
import type { FaceEngineName } from '@pix/faces/engines.ts'
import { CALIBRATIONS } from '@pix/faces/judge/calibrate.ts'
import { EMBEDDING_LENGTH } from '@pix/faces/see/describe-faces.ts'

/** How embeddings of a network are spread: variances and the length of the mean. */
interface Spread {
  between: number
  within: number
  /** How fast the variance falls along the principal axes: that of axis i is as e to the power −falling · i. */
  falling: number
  centre: number
}

/**
 * Strangers' mean squared distance is twice the sum of the variances between people and within. The axes are turned at
 * random: only their spectrum is measured.
 *
 * face-api: measured on shared/data/event_demo by `npm run calibrate:faces` (its `spread`). Squared
 * distances of strangers spread as there (mean 0.656, deviation 0.144; there 0.658 and 0.141).
 *
 * SFace: measured on the 4,069 people of shared/data/strangers, aligned by YuNet's five points. Of the variance 0.38 and
 * 0.66 lie in the first 32 and 64 axes (there 0.37 and 0.64); squared distances of strangers have mean 3.605 and
 * deviation 0.36 (there 3.607 and 0.349), 1.7e-4 of them lie within the bound (there 1.8e-4). The variance within is half
 * of one person's median squared distance, 0.85 at length 1 (event_demo).
 */
const SPREADS: Record<FaceEngineName, Spread> = {
  sface: { between: 1.095, within: 0.708, falling: 0.01, centre: 0.397 },
  'face-api': { between: 0.235, within: 0.094, falling: 0.055, centre: 1.27 },
}

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

/** Draws people and their faces. Axes are turned at random, so that no dimension is special. */
function createPeople(seed: number, spread: Spread) {
  const { random, normals, direction } = createDraw(seed)
  const weights = Float64Array.from({ length: DIMENSIONS }, (_, i) => Math.exp(-spread.falling * i))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const deviations = weights.map(weight => Math.sqrt(weight / total))
  const mirrors = Array.from({ length: MIRRORS }, direction)
  const centre = direction().map(value => value * spread.centre)

  function draw(around: Float64Array, variance: number): Float64Array {
    const values = new Float64Array(DIMENSIONS)
    const drawn = normals()
    const size = Math.sqrt(variance)
    for (let i = 0; i < DIMENSIONS; i += 1) values[i] = deviations[i]! * size * drawn[i]!
    for (const mirror of mirrors) {
      let along = 0
      for (let i = 0; i < DIMENSIONS; i += 1) along += mirror[i]! * values[i]!
      for (let i = 0; i < DIMENSIONS; i += 1) values[i]! -= 2 * along * mirror[i]!
    }
    for (let i = 0; i < DIMENSIONS; i += 1) values[i]! += around[i]!
    return values
  }

  return {
    random,
    person: () => draw(centre, spread.between),
    face: (person: Float64Array) => {
      const values = draw(person, spread.within)
      const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
      return values.map(value => (value * EMBEDDING_LENGTH) / length)
    },
  }
}

/** `count` faces of people and, to search for, one more face of each of `queries` of those people. */
export function drawEvent(kind: FaceEngineName, seed: number, count: number, queries: number) {
  const { person, face } = createPeople(seed, SPREADS[kind])
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
  const { random, person, face } = createPeople(seed, SPREADS[kind])
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
  const { random, person, face } = createPeople(seed, SPREADS[kind])
  const { direction } = createDraw(seed + 1)
  const probe = Float32Array.from(face(person()))
  const rows = new Float32Array(count * DIMENSIONS)
  const near = Math.floor(count * inside)
  const edge = near + Math.min(10_000, Math.floor(count / 10))
  // Spread over the whole index, as real ones would be: a step without a common factor visits every row once.
  const place = (n: number) => ((n * 7_919) % count) * DIMENSIONS
  for (let n = 0; n < count; n += 1) {
    if (n >= edge) rows.set(face(person()), place(n))
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
