/** What folds a photo into a burst. */
interface Frame {
  id: string
  /** Id of the photo that stands for its burst; null for one by itself. */
  burst: string | null
  /** ms since 1970. */
  takenAt: number | null
}

/** Photos of one burst, or one photo by itself: shown as one tile. */
export interface Moment<P> {
  /** The photo that stands for the others. */
  front: P
  /** Front first, then in the order in which they were taken. */
  frames: readonly P[]
}

/** Photos as moments, each where its first photo stands. Where the photo that stands for a burst is not among them, the first does. */
export function foldMoments<P>(photos: readonly P[], frameOf: (photo: P) => Frame): Moment<P>[] {
  const byBurst = new Map<string, P[]>()
  for (const photo of photos) {
    const { id, burst } = frameOf(photo)
    const frames = byBurst.get(burst ?? id)
    if (frames) frames.push(photo)
    else byBurst.set(burst ?? id, [photo])
  }
  return [...byBurst.values()].map(frames => {
    if (frames.length === 1) return { front: frames[0]!, frames }
    const front = frames.find(photo => frameOf(photo).burst === frameOf(photo).id) ?? frames[0]!
    const others = frames
      .filter(photo => photo !== front)
      .toSorted((a, b) => (frameOf(a).takenAt ?? 0) - (frameOf(b).takenAt ?? 0))
    return { front, frames: [front, ...others] }
  })
}
