import { area, overlap, suppress, type Candidate } from './boxes.ts'
import { lookAt } from './detect-boxes.ts'
import type { Pyramid } from './image/pyramid.ts'
import type { View } from './image/sample.ts'
import type { FaceRuntime } from '../runtimes/runtime.ts'
import { closerLooks, PLACEABLE, type CloserLook, type Doubt } from './zoom.ts'

/** Longer side of the first look, which every photo pays for. */
const FIRST_LOOK = 512
/** What the detector must say for a box to be a face. */
const MIN_SCORE = 0.45
/** What it must say for a small box to be worth a closer look: at the first, where little can be seen, and later. */
const FIRST_HINT = 0.05
const LATER_HINT = 0.1
/** The score from which a large box is worth another look. A large face is seen well, so the bound is higher. */
const LARGE_DOUBT = 0.2
/** Looks after the first: a crowd twice as large, once more where its faces are tiny, then each doubt by itself. */
const MAX_ROUNDS = 3

/**
 * Boxes of all faces in a photo, largest first. One look at 512 pixels finds the large faces and gives hints of small
 * ones. Closer looks follow only where there are hints. Each look keeps the boxes that it places well and is sure of.
 */
export async function findFaces(runtime: FaceRuntime, photo: Pyramid): Promise<Candidate[]> {
  const whole = { left: 0, top: 0, width: photo.width, height: photo.height }
  let looks: CloserLook[] = [{ view: whole, longSide: FIRST_LOOK }]
  const placed: Candidate[] = []
  let unplaced: Candidate[] = []
  for (let round = 0; round <= MAX_ROUNDS && looks.length > 0; round++) {
    const seen = await lookAround(runtime, photo, looks, round === 0)
    placed.push(...seen.placed)
    // The closer look decides whether a small face that it covered is there, and where.
    unplaced = unplaced.filter(box => !looks.some(({ view }) => isInside(box, view)))
    unplaced.push(...seen.doubts.filter(({ score }) => score >= MIN_SCORE))
    const open = seen.doubts.filter(doubt => !placed.some(face => overlap(face, doubt) > 0.3))
    looks = round < MAX_ROUNDS ? closerLooks(photo, open, round === 0) : []
  }
  return suppress([...placed, ...unplaced.map(asLastResort)]).toSorted((a, b) => area(b) - area(a))
}

/**
 * What a round of looks settles, and what it leaves open: boxes too small in it, or too uncertain. Only the first looks
 * for large faces: those that it doubts are shown smaller to the next.
 */
async function lookAround(
  runtime: FaceRuntime,
  photo: Pyramid,
  looks: readonly CloserLook[],
  first: boolean,
): Promise<{ placed: Candidate[]; doubts: Doubt[] }> {
  const placed: Candidate[] = []
  const doubts: Doubt[] = []
  const minScore = first ? FIRST_HINT : LATER_HINT
  for (const { view, longSide } of looks) {
    const scale = longSide / Math.max(view.width, view.height)
    for (const box of suppress(await lookAt(runtime, photo, view, longSide, minScore, first))) {
      if (!whollySeen(box, view, photo)) continue
      if (box.seenAt < PLACEABLE) doubts.push({ ...box, scale })
      else if (box.score >= MIN_SCORE) placed.push(box)
      else if (box.score >= LARGE_DOUBT) doubts.push({ ...box, scale })
    }
  }
  return { placed, doubts }
}

/** A box that no closer look could place better still counts, behind all that were. */
const asLastResort = (box: Candidate): Candidate => ({ ...box, score: box.score * 0.5 })

const isInside = ({ left, top, right, bottom }: Candidate, view: View): boolean =>
  left >= view.left && top >= view.top && right <= view.left + view.width && bottom <= view.top + view.height

/** Not cut by a window's edge, unless that is the photo's own edge. */
function whollySeen({ left, top, right, bottom }: Candidate, view: View, photo: Pyramid): boolean {
  const slack = (right - left) * 0.05
  return (
    (view.left <= 0 || left > view.left + slack) &&
    (view.top <= 0 || top > view.top + slack) &&
    (view.left + view.width >= photo.width || right < view.left + view.width - slack) &&
    (view.top + view.height >= photo.height || bottom < view.top + view.height - slack)
  )
}
