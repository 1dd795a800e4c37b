import { photos } from '@pix/db/schema/photos.ts'
import { foldBursts, type Shot } from '@pix/domain/fold-bursts.ts'

/** What distinguishes the shots of a burst, beside when they were taken. */
export const shotColumns = {
  photographerId: photos.photographerId,
  camera: photos.camera,
  createdAt: photos.createdAt,
  perceptualHash: photos.perceptualHash,
  sharpness: photos.sharpness,
  faces: photos.faceCount,
}

/** The places of the shots of each burst: the sharpest first, then in the order in which they were taken. */
export function findBursts(shots: readonly Shot[]): number[][] {
  const places = new Map(shots.map(({ id }, place) => [id, place]))
  const bursts = new Map<string, number[]>()
  for (const { id, burst } of foldBursts(shots)) {
    if (burst === null) continue
    const others = bursts.get(burst) ?? [places.get(burst)!]
    if (id !== burst) others.push(places.get(id)!)
    bursts.set(burst, others)
  }
  return [...bursts.values()]
}
