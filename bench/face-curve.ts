import { basename } from 'node:path'
import { containment, overlap, suppress, type Candidate } from '@pix/faces/see/boxes.ts'
import { describeFaces } from '@pix/faces/see/describe-faces.ts'
import { lookAt } from '@pix/faces/see/detect-boxes.ts'
import { decodePhoto } from '@pix/faces/see/image/decode-photo.ts'
import { pyramid } from '@pix/faces/see/image/pyramid.ts'
import type { EngineRecipe } from '@pix/faces/see/recipes.ts'
import { LEAST_SIDE } from '@pix/faces/see/yunet.ts'
import type { FaceRuntime } from '@pix/faces/runtimes/runtime.ts'
import type { Box } from '@pix/faces/types.ts'

/** Known faces: all, those so large that sface looks for them, and those by which somebody can be found (quality above 0). */
export const KINDS = ['all', 'large', 'usable'] as const
type PerKind = Record<(typeof KINDS)[number], number>

interface Recall {
  cpuMsPerPhoto: number
  /** Of faces on which at least two of the fixed sizes agree. */
  recall: PerKind
}

/** Recall of boxes against CPU of detection alone: landmarks and embeddings cost the same with every detector. */
export interface CurvePoint extends Recall {
  looks: string
  /** Boxes beyond those faces. */
  others: number
  crowds: Recall
}

export interface Curve {
  photos: number
  known: PerKind
  crowds: { photos: number; known: PerKind }
  points: CurvePoint[]
}

/** Each looks at whole photos; a face is known when two of them, at different sizes, put a box on it. */
const SIZES = [512, 768, 1024, 1280, 1600, 2048]
const FIXED = [[512], [512, 1024], [512, 1024, 1600]]
const MIN_SCORE = 0.5
const SAME = 0.3
/** Photos with fewer known faces have no point in the curve. */
export const SEVERAL = 5
const CROWD = 10
const OURS = 'ours'

interface Ours extends Pick<EngineRecipe, 'findFaces' | 'embedder'> {
  runtime: FaceRuntime
}

interface Seen {
  boxes: Candidate[]
  ms: number
}

interface KnownFace {
  box: Candidate
  isOf: Record<(typeof KINDS)[number], boolean>
}

interface PhotoRow {
  known: KnownFace[]
  seen: Map<string, Seen>
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * The curve of fixed configurations, ours, and the peer's boxes where given, on the same photos in one run.
 *
 * @param ours a runtime with face-api's detector too, which says what is known to be there
 * @param peer boxes of each photo by file name, and the CPU of finding them
 */
export async function detectionCurve(
  ours: Ours,
  photos: readonly string[],
  peer: ReadonlyMap<string, { boxes: Box[]; ms: number }>,
): Promise<Curve> {
  const rows: PhotoRow[] = []
  for (const photo of photos) {
    const row = await lookAtPhoto(ours, photo, peer.get(basename(photo)))
    if (row.known.length >= SEVERAL) rows.push(row)
  }
  const crowds = rows.filter(({ known }) => known.length >= CROWD)
  const names = [...FIXED.map(nameOf), OURS, ...(peer.size > 0 ? ['face_recognition'] : [])]
  return {
    photos: rows.length,
    known: countKnown(rows),
    crowds: { photos: crowds.length, known: countKnown(crowds) },
    points: names.map(looks => {
      const { cpuMsPerPhoto, recall } = measure(crowds, looks)
      return { looks, ...measure(rows, looks), crowds: { cpuMsPerPhoto, recall } }
    }),
  }
}

const nameOf = (sizes: readonly number[]): string => sizes.join(' + ')

function perKind(count: (kind: (typeof KINDS)[number]) => number): PerKind {
  return { all: count('all'), large: count('large'), usable: count('usable') }
}

const countKnown = (rows: readonly PhotoRow[]): PerKind => countKinds(rows.flatMap(({ known }) => known))
const countKinds = (faces: readonly KnownFace[]): PerKind =>
  perKind(kind => faces.filter(({ isOf }) => isOf[kind]).length)

async function lookAtPhoto(
  { runtime, findFaces, embedder }: Ours,
  file: string,
  peer: { boxes: Box[]; ms: number } | undefined,
): Promise<PhotoRow> {
  const image = await decodePhoto(file)
  const seen = new Map<string, Seen>()
  seen.set(OURS, await timed(() => findFaces(runtime, pyramid(image))))
  const photo = pyramid(image)
  const whole = { left: 0, top: 0, width: photo.width, height: photo.height }
  const bySize = new Map<number, Seen>()
  for (const size of SIZES) {
    bySize.set(size, await timed(async () => suppress(await lookAt(runtime, photo, whole, size, MIN_SCORE))))
  }
  for (const sizes of FIXED) {
    const looks = sizes.map(size => bySize.get(size) as Seen)
    const boxes = suppress(looks.flatMap(look => look.boxes))
    seen.set(nameOf(sizes), { boxes, ms: looks.reduce((sum, { ms }) => sum + ms, 0) })
  }
  if (peer) seen.set('face_recognition', { boxes: peer.boxes.map(box => inPixels(box, photo)), ms: peer.ms })
  const known = agreed([...bySize.values()].map(({ boxes }) => boxes))
  const described = await describeFaces(runtime, embedder, photo, known)
  return { known: known.map((box, n) => ({ box, isOf: kindsOf(box, described[n]!.quality) })), seen }
}

const kindsOf = ({ left, top, right, bottom }: Candidate, quality: number): KnownFace['isOf'] => ({
  all: true,
  large: Math.max(right - left, bottom - top) >= LEAST_SIDE,
  usable: quality > 0,
})

async function timed(look: () => Promise<Candidate[]>): Promise<Seen> {
  const begun = cpuMs()
  const boxes = await look()
  return { boxes, ms: cpuMs() - begun }
}

/** One box for each face that at least two of the looks see, where it is seen at a size the detector places well. */
function agreed(looks: readonly (readonly Candidate[])[]): Candidate[] {
  const all = looks.flatMap((boxes, look) => boxes.map(box => ({ box, look })))
  const heaps: { box: Candidate; looks: Set<number> }[] = []
  for (const { box, look } of all.toSorted((a, b) => worth(b.box) - worth(a.box))) {
    const heap = heaps.find(other => overlap(other.box, box) > SAME || containment(other.box, box) > 0.7)
    if (heap) heap.looks.add(look)
    else heaps.push({ box, looks: new Set([look]) })
  }
  return heaps.filter(heap => heap.looks.size >= 2).map(({ box }) => box)
}

const worth = ({ score, seenAt }: Candidate): number => score - Math.abs(Math.log2(seenAt / 64)) * 0.15

function measure(rows: readonly PhotoRow[], looks: string): Recall & { others: number } {
  const hit: KnownFace[] = []
  let [ms, others] = [0, 0]
  for (const { known, seen } of rows) {
    const { boxes, ms: here } = seen.get(looks) ?? { boxes: [], ms: 0 }
    const matched = findMatched(known, boxes)
    hit.push(...matched)
    others += boxes.length - matched.length
    ms += here
  }
  const [found, known] = [countKinds(hit), countKnown(rows)]
  const recall = perKind(kind => found[kind] / Math.max(1, known[kind]))
  return { cpuMsPerPhoto: ms / Math.max(1, rows.length), recall, others }
}

/** The known faces that have a box of their own, the best overlaps first. */
function findMatched(known: readonly KnownFace[], boxes: readonly Candidate[]): KnownFace[] {
  const pairs = known.flatMap(face => boxes.map(box => ({ face, box, share: overlap(face.box, box) })))
  const [faces, used] = [new Set<KnownFace>(), new Set<Candidate>()]
  for (const { face, box, share } of pairs.toSorted((a, b) => b.share - a.share)) {
    if (share <= SAME || faces.has(face) || used.has(box)) continue
    faces.add(face)
    used.add(box)
  }
  return [...faces]
}

const inPixels = ({ x, y, width, height }: Box, photo: { width: number; height: number }): Candidate => ({
  left: x * photo.width,
  top: y * photo.height,
  right: (x + width) * photo.width,
  bottom: (y + height) * photo.height,
  score: 1,
  seenAt: 64,
})
