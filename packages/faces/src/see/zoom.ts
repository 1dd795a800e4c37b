import type { Candidate } from './boxes.ts'
import type { View } from './image/sample.ts'

/** How small, in pixels of the detector's input, a face gets before its box can't be trusted: below it we look closer. */
export const PLACEABLE = 30

/** A box that one look could not settle: too small there, or seen with too little certainty. */
export interface Doubt extends Candidate {
  /** Input pixels per photo pixel of the look that saw it. */
  scale: number
}

/** A closer look: a part of the photo and how many input pixels its longer side gets. */
export interface CloserLook {
  view: View
  longSide: number
}

/** Input pixels to which a doubt is enlarged. The detector misses one in a hundred faces of 48 to 80 pixels, one in six of 24. */
const WANTED = 56
/** More than the photo's own pixels brings nothing new. */
const MAX_ENLARGEMENT = 1.5
const MAX_STEP = 5
/** Room around a doubt, in its own sizes: a box of few pixels lies off by as much, and neighbours may be unseen. */
const VAGUE = 16
const VAGUE_MARGIN = 1.6
const MARGIN = 0.6
/**
 * From this many small doubts of enough score on, the part of the photo that all doubts span is looked at as a whole,
 * twice as large: in a crowd weak hints are often faces. It is done once more where faces are still so small that half of
 * them would be missed.
 */
const CROWD = 4
const CROWD_SCORE = 0.1
/** The least score of a doubt outside of a crowd. There weaker hints are leaves, letters and cloth. */
const LONE_SCORE = 0.08
const CROWD_STEP = 2
const CROWD_MARGIN = 2.5
const STILL_TOO_SMALL = 14
/** Longest side of a look in input pixels: what a network needs of memory grows with its input. */
const MAX_SIDE = 1024
/** What neighbouring tiles share: the largest face that is still looked for there. */
const TILE_OVERLAP = 96
/** Input pixels all looks of one round may cost together, which bounds the cost of a photo full of texture. */
const MAX_AREA = 8_000_000

interface Size {
  width: number
  height: number
}

/** @param first whether the doubts are those of the look at the whole photo, which sees only some of a crowd */
export function closerLooks(photo: Size, doubts: readonly Doubt[], first: boolean): CloserLook[] {
  const crowd = isCrowd(doubts, first)
  const worthy = first && !crowd ? doubts.filter(({ score }) => score >= LONE_SCORE) : doubts
  const windows = worthy.map(doubt => windowAround(doubt, photo, { crowd, first })).filter(isWorthIt)
  const looks: CloserLook[] = []
  let total = 0
  for (const window of (crowd ? joinAll(windows) : mergeWindows(windows)).toSorted((a, b) => b.score - a.score)) {
    total += cost(window)
    if (total > MAX_AREA) break
    looks.push(...tiles(window))
  }
  return looks
}

function isCrowd(doubts: readonly Doubt[], first: boolean): boolean {
  if (first) return doubts.filter(({ seenAt, score }) => seenAt < PLACEABLE && score >= CROWD_SCORE).length >= CROWD
  const sizes = doubts.map(({ seenAt }) => seenAt).sort((a, b) => a - b)
  return sizes.length >= CROWD && (sizes[sizes.length >> 1] as number) < STILL_TOO_SMALL
}

interface Window {
  left: number
  top: number
  right: number
  bottom: number
  score: number
  /** Input pixels per photo pixel. */
  zoom: number
  /** How much larger than before its doubts appear; below 1 for a large one, which is seen better smaller. */
  step: number
  small: boolean
}

function windowAround(doubt: Doubt, photo: Size, { crowd, first }: { crowd: boolean; first: boolean }): Window {
  const { left, top, right, bottom, score, seenAt, scale } = doubt
  const size = Math.max(right - left, bottom - top)
  const small = seenAt < PLACEABLE
  const wanted = crowd && small ? scale * CROWD_STEP : WANTED / size
  const zoom = Math.min(wanted, MAX_ENLARGEMENT, scale * MAX_STEP)
  const room = size * (crowd ? CROWD_MARGIN : first && seenAt < VAGUE ? VAGUE_MARGIN : MARGIN)
  return {
    left: Math.max(0, Math.floor(left - room)),
    top: Math.max(0, Math.floor(top - room)),
    right: Math.min(photo.width, Math.ceil(right + room)),
    bottom: Math.min(photo.height, Math.ceil(bottom + room)),
    score,
    zoom,
    step: zoom / scale,
    small,
  }
}

/** A small face must become clearly larger; a large doubtful one only be seen at another size. */
const isWorthIt = ({ step, small }: Window): boolean => (small ? step > 1.3 : Math.abs(Math.log2(step)) > 0.1)

/** The looks a window needs: one, or overlapping tiles where it is too large for one. */
function tiles({ left, top, right, bottom, zoom }: Window): CloserLook[] {
  const across = spread((right - left) * zoom)
  const down = spread((bottom - top) * zoom)
  const [width, height] = [across.length / zoom, down.length / zoom]
  const longSide = Math.ceil(Math.max(across.length, down.length))
  return down.starts.flatMap(y =>
    across.starts.map(x => ({ view: { left: left + x / zoom, top: top + y / zoom, width, height }, longSide })),
  )
}

/** Equal parts of a side of `whole` input pixels, none longer than `MAX_SIDE`. */
function spread(whole: number): { starts: number[]; length: number } {
  const count = whole <= MAX_SIDE ? 1 : Math.ceil((whole - TILE_OVERLAP) / (MAX_SIDE - TILE_OVERLAP))
  const length = (whole + (count - 1) * TILE_OVERLAP) / count
  return { starts: Array.from({ length: count }, (_, i) => i * (length - TILE_OVERLAP)), length }
}

/** Joins windows, best pair first come, while one joint window is no dearer than the two and not too large. */
function mergeWindows(windows: Window[]): Window[] {
  const merged: Window[] = []
  for (const window of windows) {
    let current = window
    for (let i = 0; i < merged.length;) {
      const other = merged[i] as Window
      const joint = join(other, current)
      const side = Math.max(joint.right - joint.left, joint.bottom - joint.top) * joint.zoom
      if (side <= MAX_SIDE && cost(joint) <= cost(other) + cost(current)) {
        current = joint
        merged.splice(i, 1)
        i = 0 // the joint window may now cover one that was passed before
      } else i++
    }
    merged.push(current)
  }
  return merged
}

const joinAll = (windows: Window[]): Window[] => (windows.length === 0 ? [] : [windows.reduce(join)])

/** Input pixels, with what rounding up to the network's grid adds on average. */
const cost = ({ left, top, right, bottom, zoom }: Window): number =>
  ((right - left) * zoom + 16) * ((bottom - top) * zoom + 16)

const join = (a: Window, b: Window): Window => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
  score: Math.max(a.score, b.score),
  zoom: Math.max(a.zoom, b.zoom),
  step: Math.max(a.step, b.step),
  small: a.small || b.small,
})
