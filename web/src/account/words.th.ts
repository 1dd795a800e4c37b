import { alertLinkTh } from './alerts/messages.th.ts'
import { giftTh } from './gift/messages.th.ts'
import { stopLettersTh } from './letters/messages.th.ts'
import { invitationTh } from './invitation/messages.th.ts'
import { providerTh } from './provider/messages.th.ts'
import { setupTh } from './setup/messages.th.ts'
import { accountTh } from './profile/messages.th.ts'
import { purchasesTh } from './orders/messages.th.ts'
import { privacyTh } from './privacy/messages.th.ts'
import { authTh } from './sign-in/messages.th.ts'
import { findsTh } from './my-photos/messages.th.ts'
import { twoFactorTh } from './two-factor/messages.th.ts'

export const words = {
  finds: findsTh,
  alertLink: alertLinkTh,
  gift: giftTh,
  stopLetters: stopLettersTh,
  purchases: purchasesTh,
  privacy: privacyTh,
  auth: authTh,
  invitation: invitationTh,
  provider: providerTh,
  twoFactor: twoFactorTh,
  setup: setupTh,
  account: accountTh,
}
