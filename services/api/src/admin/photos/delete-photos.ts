import type { deletePhotos as contract } from '@pix/contracts/managed-photos.ts'
import type { z } from 'zod'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { deletePhoto } from '../../care/privacy/index.ts'

type Answer = z.output<(typeof contract.schema.response)[200]>

/**
 * Deletes photos one after the other; each deletion is final as soon as it is made. When the request is repeated,
 * photos that are gone are answered as missing. A photo that the caller took but does not manage is deleted as its
 * photographer may.
 */
export async function deletePhotos(ctx: CallerContext, photoIds: readonly string[]): Promise<Answer> {
  const answer: Answer = { deleted: [], offSale: [], sold: [], missing: [] }
  for (const id of new Set(photoIds)) answer[await deleteOne(ctx, id)].push(id)
  return answer
}

async function deleteOne(ctx: CallerContext, photoId: string): Promise<keyof Answer> {
  try {
    const { outcome } = await deletePhoto(ctx, photoId)
    return outcome === 'deleted' ? 'deleted' : 'offSale'
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') return 'missing'
    if (error instanceof Problem && error.code === 'photo_sold') return 'sold'
    throw error
  }
}
