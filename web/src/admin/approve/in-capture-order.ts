import type { ReviewPhoto } from '@pix/contracts/photo-review.ts'

const timeOf = ({ takenAt }: ReviewPhoto): number => (takenAt === null ? Infinity : Date.parse(takenAt))
const order = (a: number, b: number): number => (a === b ? 0 : a - b)

/**
 * Photos in the order in which they were taken, each burst together where it began. Photos without a certain time come
 * last, in their present order.
 */
export function inCaptureOrder(photos: readonly ReviewPhoto[]): ReviewPhoto[] {
  const begins = new Map<string, number>()
  for (const photo of photos) {
    const key = photo.burst ?? photo.id
    begins.set(key, Math.min(timeOf(photo), begins.get(key) ?? Infinity))
  }
  const places = photos.map((photo, at) => {
    const key = photo.burst ?? photo.id
    return { photo, at, key, begin: begins.get(key)!, time: timeOf(photo) }
  })
  const sorted = places.toSorted(
    (a, b) =>
      order(a.begin, b.begin) || (a.key < b.key ? -1 : a.key > b.key ? 1 : order(a.time, b.time) || a.at - b.at),
  )
  return sorted.map(({ photo }) => photo)
}
