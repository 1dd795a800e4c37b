import type { changeStudioLook as contract, StudioSettings } from '@pix/contracts/studio-settings.ts'
import { studios } from '@pix/db/schema/studios.ts'
import type { StudioRole } from '@pix/domain/words.ts'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext, StaffContext } from '../../../base/context.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import type { StudioRow } from '../find-own-studio.ts'
import { inStudio, MANAGERS } from '../in-studio.ts'
import { describeSettings } from './read-settings.ts'

/** Names and colour. @throws Problem `not_found` unless the caller manages the studio */
export const changeLook = (
  ctx: CallerContext,
  studioId: string,
  { name, accentColor }: z.output<typeof contract.schema.body>,
): Promise<StudioSettings> =>
  changeStudio(ctx, studioId, MANAGERS, async (staff, before) => {
    const after = { nameTh: name.th, nameEn: name.en, accentColor }
    const { nameTh, nameEn, accentColor: oldColor } = before
    const facts = { before: { nameTh, nameEn, accentColor: oldColor }, after }
    await recordAudit(staff, 'studio.look', `studio:${studioId}`, facts)
    return after
  })

/**
 * Sets the gateway of new payments; null is the installation's first.
 *
 * @throws Problem `not_found` unless the caller owns the studio, `invalid_request` for a gateway that is not configured
 */
export const chooseGateway = (ctx: CallerContext, studioId: string, gateway: string | null): Promise<StudioSettings> =>
  changeStudio(ctx, studioId, ['owner'], async (staff, before) => {
    if (gateway !== null && !ctx.gateways.has(gateway)) {
      const error = { path: 'body.gateway', message: 'is not configured' }
      throw new Problem('invalid_request', { errors: [error] })
    }
    const facts = { before: { gateway: before.gateway }, after: { gateway } }
    await recordAudit(staff, 'studio.gateway', `studio:${studioId}`, facts)
    return { gateway }
  })

/** Changes a studio in its staff's transaction, its row locked. @param change says what, and records it */
export const changeStudio = (
  ctx: CallerContext,
  studioId: string,
  roles: readonly StudioRole[],
  change: (staff: StaffContext, before: StudioRow) => Promise<Partial<StudioRow>>,
): Promise<StudioSettings> =>
  inStudio(ctx, studioId, roles, async staff => {
    const isIt = eq(studios.id, studioId)
    const [before] = await staff.db.select().from(studios).where(isIt).for('update')
    if (!before) throw notFound()
    const [after] = await staff.db
      .update(studios)
      .set(await change(staff, before))
      .where(isIt)
      .returning()
    return describeSettings(ctx, after!)
  })
