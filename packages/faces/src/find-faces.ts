import { area, overlap, suppress, type Candidate } from './boxes.ts'
import { lookAt } from './detect-boxes.ts'
import type { Pyramid } from './image/pyramid.ts'
import type { View } from './image/sample.ts'
import type { FaceRuntime } from './runtimes/runtime.ts'
import { closerLooks, PLACEABLE } from './zoom.ts'

/** Longer side of the first look, which every photo pays for. */
const FIRST_LOOK = 512
/** What the detector must say for a box to be a face. */
const MIN_SCORE = 0.45
/** What it must say for a small box to be worth a closer look: at the first, where little can be seen, and later. */
const FIRST_HINT = 0.05
const LATER_HINT = 0.2
/** Looks after the first: 512 → about 1600 → as fine as the photo is. */
const MAX_ZOOMS = 2

/**
 * Boxes of all faces in a photo, largest first. One look at 512 pixels finds the large faces and hints at small ones;
 * only where hints are, closer looks follow, and each look keeps only boxes large enough in it to be placed well.
 */
export async function findFaces(runtime: FaceRuntime, photo: Pyramid): Promise<Candidate[]> {
  const whole = { left: 0, top: 0, width: photo.width, height: photo.height }
  const looks = [{ view: whole, longSide: FIRST_LOOK }]
  const placed: Candidate[] = []
  const small: Candidate[] = []
  for (let zoom = 0; zoom <= MAX_ZOOMS && looks.length > 0; zoom++) {
    const hints: Candidate[] = []
    const minScore = zoom === 0 ? FIRST_HINT : LATER_HINT
    const scale = looks[0] ? looks[0].longSide / Math.max(looks[0].view.width, looks[0].view.height) : 1
    for (const { view, longSide } of looks.splice(0)) {
      const seen = suppress(await lookAt(runtime, photo, view, longSide, minScore))
      for (const box of seen) {
        if (!whollySeen(box, view, photo)) continue
        if (box.seenAt < PLACEABLE) hints.push(box)
        else if (box.score >= MIN_SCORE) placed.push(box)
      }
    }
    small.push(...hints.filter(({ score }) => score >= MIN_SCORE))
    const open = hints.filter(hint => !placed.some(face => overlap(face, hint) > 0.3))
    if (zoom < MAX_ZOOMS) looks.push(...closerLooks(photo, open, scale, zoom === 0))
  }
  return suppress([...placed, ...small.map(asLastResort)]).toSorted((a, b) => area(b) - area(a))
}

/** A box that no closer look could place better still counts, behind all that were. */
const asLastResort = (box: Candidate): Candidate => ({ ...box, score: box.score * 0.5 })

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
