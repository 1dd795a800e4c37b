import { basename } from 'node:path'
import { containment, overlap, suppress, type Candidate } from '@pix/faces/see/boxes.ts'
import { lookAt } from '@pix/faces/see/detect-boxes.ts'
import { decodePhoto } from '@pix/faces/see/image/decode-photo.ts'
import { pyramid } from '@pix/faces/see/image/pyramid.ts'
import type { EngineRecipe } from '@pix/faces/see/recipes.ts'
import type { FaceRuntime } from '@pix/faces/runtimes/runtime.ts'
import type { Box } from '@pix/faces/types.ts'

/** Recall of boxes against CPU of detection alone: landmarks and embeddings cost the same with every detector. */
export interface CurvePoint {
  looks: string
  cpuMsPerPhoto: number
  /** Of faces on which at least two of the fixed sizes agree. */
  recall: number
  /** Boxes beyond those faces. */
  others: number
  crowds: { cpuMsPerPhoto: number; recall: number }
}

export interface Curve {
  photos: number
  knownFaces: number
  crowds: { photos: number; knownFaces: number }
  points: CurvePoint[]
}

/** Each looks at whole photos; a face is known when two of them, at different sizes, put a box on it. */
const SIZES = [512, 768, 1024, 1280, 1600, 2048]
const FIXED = [[512], [512, 1024], [512, 1024, 1600]]
const MIN_SCORE = 0.5
const SAME = 0.3
/** Photos with so many known faces are worth a point of the curve. */
export const SEVERAL = 5
const CROWD = 10
const OURS = 'ours'

interface Ours extends Pick<EngineRecipe, 'findFaces'> {
  runtime: FaceRuntime
}

interface Seen {
  boxes: Candidate[]
  ms: number
}

interface PhotoRow {
  known: Candidate[]
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
    knownFaces: countKnown(rows),
    crowds: { photos: crowds.length, knownFaces: countKnown(crowds) },
    points: names.map(looks => {
      const { cpuMsPerPhoto, recall, others } = measure(rows, looks)
      const inCrowds = measure(crowds, looks)
      return {
        looks,
        cpuMsPerPhoto,
        recall,
        others,
        crowds: { cpuMsPerPhoto: inCrowds.cpuMsPerPhoto, recall: inCrowds.recall },
      }
    }),
  }
}

const nameOf = (sizes: readonly number[]): string => sizes.join(' + ')
const countKnown = (rows: readonly PhotoRow[]): number => rows.reduce((sum, { known }) => sum + known.length, 0)

async function lookAtPhoto(
  { runtime, findFaces }: Ours,
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
  return { known: agreed([...bySize.values()].map(({ boxes }) => boxes)), seen }
}

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

function measure(rows: readonly PhotoRow[], looks: string) {
  let [hit, ms, others] = [0, 0, 0]
  for (const { known, seen } of rows) {
    const { boxes, ms: here } = seen.get(looks) ?? { boxes: [], ms: 0 }
    const matched = countMatches(known, boxes)
    hit += matched
    others += boxes.length - matched
    ms += here
  }
  const count = Math.max(1, rows.length)
  return { cpuMsPerPhoto: ms / count, recall: hit / Math.max(1, countKnown(rows)), others }
}

/** Pairs of a known face and a box, each used once, the best overlaps first. */
function countMatches(known: readonly Candidate[], boxes: readonly Candidate[]): number {
  const pairs = known.flatMap(face => boxes.map(box => ({ face, box, share: overlap(face, box) })))
  const [faces, used] = [new Set<Candidate>(), new Set<Candidate>()]
  for (const { face, box, share } of pairs.toSorted((a, b) => b.share - a.share)) {
    if (share <= SAME || faces.has(face) || used.has(box)) continue
    faces.add(face)
    used.add(box)
  }
  return faces.size
}

const inPixels = ({ x, y, width, height }: Box, photo: { width: number; height: number }): Candidate => ({
  left: x * photo.width,
  top: y * photo.height,
  right: (x + width) * photo.width,
  bottom: (y + height) * photo.height,
  score: 1,
  seenAt: 64,
})
