import type { PrivacyFacts } from '@pix/contracts/privacy.ts'
import { KEPT } from '@pix/domain/retention.ts'
import type { Context } from '../../base/context.ts'

/** What the privacy notice says of time, from what the sweeps go by. */
export const privacyFacts = ({ settings }: Context): PrivacyFacts => ({
  seller: { name: settings.SELLER_NAME, address: settings.SELLER_ADDRESS, contact: settings.SUPPORT_CONTACT },
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
  sessionDays: settings.SESSION_DAYS,
  signInDays: settings.REFRESH_DAYS,
})
