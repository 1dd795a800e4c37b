import { accountEmail } from '@pix/contracts/email.ts'
import type { makeStudio as contract, ManagedStudio } from '@pix/contracts/studios.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { isMarketplaceLabel } from '@pix/platform/storefront-address.ts'
import type { z } from 'zod'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { sendLetter } from '../../base/letters.ts'
import { Problem } from '../../base/problem.ts'
import { writeInvitation } from './write-invitation.ts'

/**
 * Makes a studio, and invites its first owner. It has no member until they accept.
 *
 * @throws Problem `studio_slug_taken`, `invalid_request` for the slug that is the marketplace's own label
 */
export async function makeStudio(
  ctx: CallerContext,
  { slug, name, ownerEmail, locale }: z.output<typeof contract.schema.body>,
): Promise<ManagedStudio> {
  if (isMarketplaceLabel(ctx.settings, slug))
    throw new Problem('invalid_request', { errors: [{ path: 'body.slug', message: 'is no address of a studio' }] })
  const id = ctx.newId()
  const mailId = await ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    const [studio] = await tx
      .insert(studios)
      .values({ id, slug, nameTh: name.th, nameEn: name.en, createdAt: ctx.now() })
      .onConflictDoNothing({ target: studios.slug })
      .returning()
    if (!studio) throw new Problem('studio_slug_taken')
    await recordAudit(inTx, 'studio.create', `studio:${id}`, { after: { slug, name } })
    const owner = { studioId: id, email: accountEmail(ownerEmail), role: 'owner' as const }
    const written = await writeInvitation(inTx, owner, { studio, event: null, as: 'owner', locale })
    const facts = { invitationId: written.row.id, after: { role: 'owner' } }
    await recordAudit(inTx, 'member.invite', `studio:${id}`, facts)
    return written.mailId
  })
  if (mailId !== null) await sendLetter(ctx, mailId)
  return { id, slug, name, status: 'active', role: null }
}
