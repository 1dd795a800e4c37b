import { slips } from '@pix/db/schema/slips.ts'
import { slipKey } from '@pix/platform/storage-keys.ts'
import { type OpenObject, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'

/** The picture of a slip. Each look is in the audit: it shows somebody's name and account. @throws Problem `not_found` */
export async function openSlipPicture(ctx: CallerContext, id: string): Promise<OpenObject> {
  const [slip] = await ctx.db
    .select({ id: slips.id })
    .from(slips)
    .where(and(eq(slips.id, id), isNull(slips.pictureGoneAt)))
  const object = slip ? await ctx.storage.get(VANISHING_BUCKET, slipKey(id)) : null
  if (!object) throw notFound()
  await recordAudit(ctx, 'slip.see', `slip:${id}`)
  return object
}
