/** What distinguishes the shots of a burst; `takenAt` is null where the camera's clock is not believed. */
export interface Shot {
  id: string
  photographerId: string
  camera: string | null
  takenAt: Date | null
  createdAt: Date
  /** 16 hex digits. */
  perceptualHash: string | null
  sharpness: number | null
  /** How many faces were found. */
  faces: number
}

export type Folded<S extends Shot> = S & {
  /** The id of the sharpest shot of its burst; null for a shot by itself, and where the sharpness is not known. */
  burst: string | null
}

/** spec/20: a burst is of one camera, and its shots follow each other within less than this. */
const BURST_MS = 2_000
/**
 * A burst is not longer than this from its first shot to its last: before a background that stays the same, other
 * people may have come.
 */
const WHOLE_BURST_MS = 3_000
/** The most of 64 bits that may differ: pictures that differ in more do not look alike. */
const MOST_BITS = 10

/**
 * Photos in the order in which they were taken, those of a burst beside each other, where it began; photos without a
 * certain time come last, as they arrived.
 */
export function foldBursts<S extends Shot>(shots: readonly S[]): Folded<S>[] {
  const chains = chainsOf(shots.toSorted(byCamera))
  return chains
    .toSorted(([a], [b]) => byTime(a!, b!))
    .flatMap(chain => {
      const measured = chain.filter(shot => isMeasured(shot))
      const burst = measured.length > 1 ? sharpestOf(measured).id : null
      return chain.map(shot => ({ ...shot, burst: shot.sharpness === null ? null : burst }))
    })
}

type Measured = Shot & { sharpness: number }

const isMeasured = <S extends Shot>(shot: S): shot is S & Measured => shot.sharpness !== null

const timeOf = (shot: Shot): number => shot.takenAt?.getTime() ?? Number.MAX_SAFE_INTEGER

const order = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)

const byTime = (a: Shot, b: Shot): number =>
  order(timeOf(a), timeOf(b)) || order(a.createdAt.getTime(), b.createdAt.getTime()) || order(a.id, b.id)

const byCamera = (a: Shot, b: Shot): number =>
  order(a.photographerId, b.photographerId) || order(a.camera ?? '', b.camera ?? '') || byTime(a, b)

function chainsOf<S extends Shot>(sorted: readonly S[]): S[][] {
  const chains: S[][] = []
  for (const shot of sorted) {
    const chain = chains.at(-1)
    if (chain && belongsTo(chain, shot)) chain.push(shot)
    else chains.push([shot])
  }
  return chains
}

/**
 * Whether a shot belongs to a burst. Its time is compared with the last shot; its look and its faces with the first, so
 * that looks cannot drift.
 */
function belongsTo(chain: readonly Shot[], shot: Shot): boolean {
  const [first, last] = [chain[0]!, chain.at(-1)!]
  if (first.photographerId !== shot.photographerId || first.camera !== shot.camera) return false
  if (!first.takenAt || !shot.takenAt || !first.perceptualHash || !shot.perceptualHash) return false
  const inTime = timeOf(shot) - timeOf(last) < BURST_MS && timeOf(shot) - timeOf(first) <= WHOLE_BURST_MS
  return inTime && shot.faces === first.faces && bitsApart(first.perceptualHash, shot.perceptualHash) <= MOST_BITS
}

function bitsApart(a: string, b: string): number {
  let bits = 0
  for (const at of [0, 8]) {
    let rest = Number.parseInt(a.slice(at, at + 8), 16) ^ Number.parseInt(b.slice(at, at + 8), 16)
    for (; rest !== 0; rest &= rest - 1) bits += 1
  }
  return bits
}

/** The first of those that are equally sharp. */
const sharpestOf = (chain: readonly Measured[]): Measured =>
  chain.reduce((best, shot) => (shot.sharpness > best.sharpness ? shot : best))
