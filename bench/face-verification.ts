import { overlap, type Candidate } from '@pix/faces/see/boxes.ts'
import type { Box } from '@pix/faces/types.ts'
import { bootstrap } from './face-scores.ts'
import { pairKey, type FaceEvent, type TruthRow } from './face-event.ts'

/** A face as one of the programs found it in a photo. */
export interface FoundFace {
  box: Box
  embedding: ArrayLike<number>
}

/** What one program made of an event: the selfies it could read and all faces of all photos. */
export interface Reading {
  selfies: ReadonlyMap<string, ArrayLike<number>>
  photos: ReadonlyMap<string, readonly FoundFace[]>
  /** The distance below which the program itself says that a face of a photo is the person's. */
  bound: number
}

export interface VerificationRow {
  who: string
  /** Which photos: montages are like sports photos, real ones like a studio's. */
  pairs: string
  /** `all`: a face that was not found counts as rejected. `both`: only faces that both programs found. */
  faces: 'all' | 'both'
  genuine: number
  impostor: number
  /** Distance below which one impostor in a thousand lies; null under 1,000 impostors, where it can't be known. */
  threshold: number | null
  /** Share of genuine pairs rejected there, and its 95 % interval by drawing identities again. */
  frrAtFar0001: number | null
  interval: [number, number] | null
  farAtBound: number
  frrAtBound: number
}

const KIND_NAMES: Record<string, string> = { synthetic: 'sports-like (montages)', real: 'studio-like (real)' }

interface Genuine {
  identity: string
  distance: number
}

/** False accepts and rejects of each kind of photo: of ours, and where there is one of the peer beside it. */
export function scoreVerification(event: FaceEvent, ours: Reading, peer: Reading | null): VerificationRow[] {
  const kinds = [...new Set(event.truth.map(({ kind }) => kind))]
  return kinds.flatMap(kind => {
    const rows = [all(event, kind, 'ours', ours)]
    if (!peer) return rows
    rows.push(all(event, kind, 'face_recognition', peer))
    const both = sharedFaces(ours, peer)
    const genuine = sharedGenuine(event, kind, ours, peer)
    rows.push(
      verificationRow(
        { who: 'ours', kind, faces: 'both', bound: ours.bound },
        genuine.ours,
        impostors(event, kind, both.ours),
      ),
      verificationRow(
        { who: 'face_recognition', kind, faces: 'both', bound: peer.bound },
        genuine.peer,
        impostors(event, kind, both.peer),
      ),
    )
    return rows
  })
}

/** Genuine: a selfie and the nearest face of a photo that shows the person, infinitely far when none was found. */
function all(event: FaceEvent, kind: string, who: string, reading: Reading): VerificationRow {
  const genuine = genuineRows(event, kind).flatMap(({ selfie, photo, identity }): Genuine[] => {
    const probe = reading.selfies.get(selfie)
    return probe ? [{ identity, distance: nearest(probe, reading.photos.get(photo)).distance }] : []
  })
  return verificationRow({ who, kind, faces: 'all', bound: reading.bound }, genuine, impostors(event, kind, reading))
}

const genuineRows = (event: FaceEvent, kind: string): TruthRow[] =>
  event.truth.filter(row => row.kind === kind && !event.ignored.has(pairKey(row.selfie, row.photo)))

/** Distances, in order, of each selfie to every face of the photos of one kind that do not show the person. */
function impostors(event: FaceEvent, kind: string, { selfies, photos }: Reading): number[] {
  const shows = new Set(event.truth.map(({ selfie, photo }) => pairKey(selfie, photo)))
  const distances: number[] = []
  for (const [selfie, probe] of selfies) {
    for (const [photo, faces] of photos) {
      const key = pairKey(selfie, photo)
      if (event.photoKinds.get(photo) !== kind || shows.has(key) || event.ignored.has(key)) continue
      distances.push(...faces.map(({ embedding }) => distance(probe, embedding)))
    }
  }
  return distances.sort((a, b) => a - b)
}

/** The selfies both can read and the faces both found, in the same order. */
function sharedFaces(ours: Reading, peer: Reading): { ours: Reading; peer: Reading } {
  const selfies = [...ours.selfies.keys()].filter(name => peer.selfies.has(name))
  const pick = (reading: Reading) => new Map([...reading.selfies].filter(([name]) => selfies.includes(name)))
  const [mine, theirs] = [new Map<string, FoundFace[]>(), new Map<string, FoundFace[]>()]
  for (const [photo, faces] of ours.photos) {
    const pairs = faces.flatMap(face => {
      const same = counterpart(face, peer.photos.get(photo))
      return same ? [{ face, same }] : []
    })
    mine.set(
      photo,
      pairs.map(({ face }) => face),
    )
    theirs.set(
      photo,
      pairs.map(({ same }) => same),
    )
  }
  return {
    ours: { ...ours, selfies: pick(ours), photos: mine },
    peer: { ...peer, selfies: pick(peer), photos: theirs },
  }
}

/**
 * Genuine pairs measured by both on the same face. The truth does not say where in a photo a person stands: it is where
 * ours, or else the peer, recognizes them. Left out where neither does, or where the other found no face.
 */
function sharedGenuine(event: FaceEvent, kind: string, ours: Reading, peer: Reading) {
  const both: { ours: Genuine[]; peer: Genuine[] } = { ours: [], peer: [] }
  for (const { selfie, photo, identity } of genuineRows(event, kind)) {
    const [probe, peerProbe] = [ours.selfies.get(selfie), peer.selfies.get(selfie)]
    if (!probe || !peerProbe) continue
    const [mine, theirs] = [nearest(probe, ours.photos.get(photo)), nearest(peerProbe, peer.photos.get(photo))]
    const here = mine.distance < ours.bound ? mine.face : counterpart(theirs.face, ours.photos.get(photo))
    const there = mine.distance < ours.bound ? counterpart(mine.face, peer.photos.get(photo)) : theirs.face
    if (!here || !there || (mine.distance >= ours.bound && theirs.distance >= peer.bound)) continue
    both.ours.push({ identity, distance: distance(probe, here.embedding) })
    both.peer.push({ identity, distance: distance(peerProbe, there.embedding) })
  }
  return both
}

/** The same face as the other program found it. */
function counterpart(face: FoundFace | undefined, others: readonly FoundFace[] = []): FoundFace | undefined {
  if (!face) return undefined
  const [best] = others
    .map(other => ({ other, share: overlap(asCandidate(face.box), asCandidate(other.box)) }))
    .toSorted((a, b) => b.share - a.share)
  return best && best.share > 0.25 ? best.other : undefined
}

/** A relative box in the form the engine compares boxes in. */
const asCandidate = ({ x, y, width, height }: Box): Candidate => ({
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
  score: 1,
  seenAt: 0,
})

function nearest(probe: ArrayLike<number>, faces: readonly FoundFace[] = []): { face?: FoundFace; distance: number } {
  let best: { face?: FoundFace; distance: number } = { distance: Number.POSITIVE_INFINITY }
  for (const face of faces) {
    const here = distance(probe, face.embedding)
    if (here < best.distance) best = { face, distance: here }
  }
  return best
}

function verificationRow(
  { who, kind, faces, bound }: { who: string; kind: string; faces: 'all' | 'both'; bound: number },
  genuine: readonly Genuine[],
  impostor: readonly number[],
): VerificationRow {
  const threshold = impostor.length < 1_000 ? null : (impostor[Math.floor(impostor.length * 0.001)] ?? null)
  const rejectedAt = (rows: readonly Genuine[], limit: number) =>
    rows.filter(row => !(row.distance < limit)).length / Math.max(1, rows.length)
  return {
    who,
    pairs: KIND_NAMES[kind] ?? kind,
    faces,
    genuine: genuine.length,
    impostor: impostor.length,
    threshold,
    frrAtFar0001: threshold === null ? null : rejectedAt(genuine, threshold),
    interval: threshold === null ? null : bootstrap(genuine, rows => rejectedAt(rows, threshold)),
    farAtBound: impostor.filter(value => value <= bound).length / Math.max(1, impostor.length),
    frrAtBound: rejectedAt(genuine, bound),
  }
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2
  return Math.sqrt(sum)
}
