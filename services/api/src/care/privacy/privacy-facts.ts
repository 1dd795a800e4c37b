import type { PrivacyFacts } from '@pix/contracts/privacy.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { KEPT } from '@pix/domain/retention.ts'
import type { Context } from '../../base/context.ts'
import { contactLine } from '../../base/support-contacts.ts'
import { sellerOf } from '../../people/sellers/index.ts'

/** The facts in the notices: who runs the shop, as its documents name it, and the times by which the sweeps delete. */
export async function privacyFacts(ctx: Context): Promise<PrivacyFacts> {
  const { settings } = ctx
  const { name, address } = await sellerOf(ctx, HOUSE_STUDIO)
  const { studio } = ctx.storefront
  const here = studio && (await sellerOf(ctx, studio.id))
  return {
    seller: { name, address, contact: await contactLine(ctx) },
    studio: here && { name: here.name, address: here.address },
    selfieMinutes: KEPT.selfieMinutes,
    resultsDays: KEPT.resultsDays,
    facesDays: settings.FACES_KEPT_DAYS,
    eventsDays: settings.EVENTS_KEPT_DAYS,
    downloadDays: settings.DOWNLOAD_DAYS,
    archiveDays: KEPT.archiveDays,
    lettersDays: settings.LETTERS_KEPT_DAYS,
    takedownDays: KEPT.takedownDays,
    invitationDays: KEPT.invitationDays,
    refundPayeeDays: KEPT.refundPayeeDays,
    payeeAccountDays: KEPT.payeeAccountDays,
    statementDays: KEPT.statementDays,
    slipDays: KEPT.slipDays,
    sessionDays: settings.SESSION_DAYS,
    deviceDays: KEPT.deviceDays,
    signInDays: settings.REFRESH_DAYS,
  }
}
