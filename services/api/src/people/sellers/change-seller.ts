import type { changeSeller as contract, Seller } from '@pix/contracts/sellers.ts'
import { studioSellers } from '@pix/db/schema/sellers.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import type { z } from 'zod'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { inStudio } from '../studios/index.ts'
import { sellerOf } from './read-seller.ts'

/** What documents say of the seller. @throws Problem `not_found` for who does not own the studio */
export const readSeller = (ctx: CallerContext, studioId: string): Promise<Seller> =>
  inStudio(ctx, studioId, ['owner'], staff => sellerOf(staff, studioId))

/** Changes what documents say of the seller, from the next one on. @throws Problem `not_found` for who does not own the studio */
export const changeSeller = (
  ctx: CallerContext,
  studioId: string,
  { taxId, ...given }: z.output<typeof contract.schema.body>,
): Promise<Seller> =>
  inStudio(ctx, studioId, ['owner'], async staff => {
    const before = await sellerOf(staff, studioId)
    const sealed = taxId === null ? null : seal(ctx.settings.COLUMN_KEYS, studioSellers.taxId, studioId, taxId)
    const row = { ...given, taxId: sealed, changedAt: ctx.now() }
    await staff.db
      .insert(studioSellers)
      .values({ studioId, ...row })
      .onConflictDoUpdate({ target: studioSellers.studioId, set: row })
    const { taxId: taxIdBefore, ...wasGiven } = before
    await recordAudit(staff, 'seller.change', `studio:${studioId}`, {
      before: wasGiven,
      after: given,
      // The number itself is encrypted where it is kept: the audit says that it changed.
      ...(taxId !== taxIdBefore && { taxIdChanged: true }),
    })
    return sellerOf(staff, studioId)
  })
