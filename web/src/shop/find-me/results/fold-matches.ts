import type { Match } from '@pix/contracts/faces.ts'

/** Photos of one burst, or one photo by itself: shown as one tile. */
export interface Moment {
  /** The photo that stands for the others. */
  front: Match
  /** Front first, then in the order in which they were taken. */
  frames: readonly Match[]
}

/** Matches as moments, each where its first match stands. Where the photo that stands for a burst is not among them, the first does. */
export function foldMatches(matches: readonly Match[]): Moment[] {
  const byBurst = new Map<string, Match[]>()
  for (const match of matches) {
    const key = match.burst ?? match.photo.id
    byBurst.set(key, [...(byBurst.get(key) ?? []), match])
  }
  return [...byBurst.values()].map(frames => {
    const front = frames.find(({ burst, photo }) => burst === photo.id) ?? frames[0]!
    const others = frames.filter(match => match !== front).toSorted((a, b) => timeOf(a) - timeOf(b))
    return { front, frames: [front, ...others] }
  })
}

const timeOf = ({ photo }: Match): number => (photo.takenAt === null ? 0 : Date.parse(photo.takenAt))
