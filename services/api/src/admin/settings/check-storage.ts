import type { StorageCheck } from '@pix/contracts/checks.ts'
import { BUCKETS, type Bucket, readWhole } from '@pix/platform/storage.ts'
import type { Context } from '../../base/context.ts'

/** Checks leave nothing behind, and no sweep looks here. */
const PREFIX = 'checks'

/** Writes, reads and deletes an object in each bucket. */
export async function checkStorage(ctx: Pick<Context, 'storage' | 'newId' | 'log'>): Promise<StorageCheck> {
  for (const bucket of BUCKETS) {
    const failedAt = await tryBucket(ctx, bucket)
    if (failedAt !== null) return { failedAt }
  }
  return { failedAt: null }
}

async function tryBucket(
  { storage, newId, log }: Pick<Context, 'storage' | 'newId' | 'log'>,
  bucket: Bucket,
): Promise<StorageCheck['failedAt']> {
  const id = newId()
  const key = `${PREFIX}/${id}`
  const bytes = Buffer.from(id)
  let step: NonNullable<StorageCheck['failedAt']> = 'write'
  try {
    await storage.put(bucket, key, bytes, { contentType: 'text/plain' })
    step = 'read'
    const read = await readWhole(storage, bucket, key)
    if (!read?.equals(bytes)) throw new Error('what was read is not what was written')
    step = 'delete'
    await storage.delete(bucket, key)
    if (await storage.exists(bucket, key)) throw new Error('the object is still there')
    return null
  } catch (error) {
    log.warn({ err: error, bucket, step }, 'the check of the storage failed')
    await storage.delete(bucket, key).catch(() => undefined)
    return step
  }
}
