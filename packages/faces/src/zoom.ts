import type { Candidate } from './boxes.ts'
import type { View } from './image/sample.ts'

/** How small, in pixels of the detector's input, a face gets before its box can't be trusted: below it we look closer. */
export const PLACEABLE = 30

/** What a hint is enlarged to: faces of 40 to 100 input pixels are found and placed best. */
const WANTED = 48
const MAX_ENLARGEMENT = 1.5
/** Room around a hint, in its own sizes: neighbours an earlier look did not see stand close by. */
const FIRST_MARGIN = 1.6
const LATER_MARGIN = 0.8
/** From this many hints on, the part of the photo they span is looked at as a whole: a crowd has more than it shows. */
const CROWD = 4
const CROWD_MARGIN = 2.5
const CROWD_ENLARGEMENT = 2.5
const MAX_WINDOW = 1024
/** Input pixels all closer looks of one photo may cost together: four looks at 1600, for a crowd in 24 megapixels. */
const MAX_AREA = 8_000_000

/** A closer look: a part of the photo and how many input pixels its longer side gets. */
export interface CloserLook {
  view: View
  longSide: number
}

/**
 * Where to look closer, after a look that found hints too small to place: windows around them, merged where that costs
 * no more than looking twice, so that a photo pays only for the parts that bring faces.
 *
 * @param hints small or doubtful boxes, in photo pixels
 * @param scale input pixels per photo pixel of the look that found them
 * @param first whether that was the look at the whole photo
 */
export function closerLooks(photo: Size, hints: readonly Candidate[], scale: number, first: boolean): CloserLook[] {
  const crowd = first && hints.length >= CROWD
  const zoomed = crowd ? Math.min(scale * CROWD_ENLARGEMENT, MAX_ENLARGEMENT) : zoomScale(hints, scale)
  if (hints.length === 0 || zoomed < scale * 1.3) return []
  const margin = crowd ? CROWD_MARGIN : first ? FIRST_MARGIN : LATER_MARGIN
  const around = hints.map(hint => windowAround(hint, photo, margin))
  const windows = crowd ? [around.reduce(join)] : mergeWindows(around, MAX_WINDOW / zoomed)
  const looks: CloserLook[] = []
  let area = 0
  for (const { left, top, right, bottom } of windows.toSorted((a, b) => b.score - a.score)) {
    const view = { left, top, width: right - left, height: bottom - top }
    area += view.width * view.height * zoomed * zoomed
    if (area > MAX_AREA) break
    looks.push({ view, longSide: Math.ceil(Math.max(view.width, view.height) * zoomed) })
  }
  return looks
}

interface Size {
  width: number
  height: number
}

/** The scale at which the smaller hints reach the wanted size, bounded by what the photo's pixels can give. */
function zoomScale(hints: readonly Candidate[], scale: number): number {
  const sizes = hints.map(({ seenAt }) => seenAt).sort((a, b) => a - b)
  const small = sizes[Math.floor(sizes.length * 0.3)] ?? WANTED
  return Math.min((scale * WANTED) / small, MAX_ENLARGEMENT, scale * 5)
}

interface Window {
  left: number
  top: number
  right: number
  bottom: number
  score: number
}

function windowAround({ left, top, right, bottom, score }: Candidate, photo: Size, margin: number): Window {
  const room = Math.max(right - left, bottom - top) * margin
  return {
    left: Math.max(0, Math.floor(left - room)),
    top: Math.max(0, Math.floor(top - room)),
    right: Math.min(photo.width, Math.ceil(right + room)),
    bottom: Math.min(photo.height, Math.ceil(bottom + room)),
    score,
  }
}

/** Joins windows, best pair first come, while one joint window is no dearer than the two and within `maxSide`. */
function mergeWindows(windows: Window[], maxSide: number): Window[] {
  const merged: Window[] = []
  for (const window of windows) {
    let current = window
    for (let i = 0; i < merged.length;) {
      const joint = join(merged[i] as Window, current)
      const cheap = area(joint) <= (area(merged[i] as Window) + area(current)) * 1.1
      if (cheap && Math.max(joint.right - joint.left, joint.bottom - joint.top) <= maxSide) {
        current = joint
        merged.splice(i, 1)
        i = 0 // a larger window may now swallow one passed before
      } else i++
    }
    merged.push(current)
  }
  return merged
}

const area = (w: Window): number => (w.right - w.left) * (w.bottom - w.top)

const join = (a: Window, b: Window): Window => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
  score: Math.max(a.score, b.score),
})
