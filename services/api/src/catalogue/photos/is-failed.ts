import { photos } from '@pix/db/schema/photos.ts'
import { sql } from 'drizzle-orm'

/**
 * SQL on photos, also in a subquery whose one table they are: could not be processed, and nobody has decided about the
 * photo. What was rejected, taken down or deleted asks for nothing: it is not counted, listed or tried again.
 */
export const isFailed = sql`${photos.state} = 'failed' and ${photos.approval} = 'pending'`
