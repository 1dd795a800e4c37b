import { alertLinkEn } from './alerts/messages.en.ts'
import { giftEn } from './gift/messages.en.ts'
import { stopLettersEn } from './letters/messages.en.ts'
import { invitationEn } from './invitation/messages.en.ts'
import { providerEn } from './provider/messages.en.ts'
import { setupEn } from './setup/messages.en.ts'
import { accountEn } from './profile/messages.en.ts'
import { purchasesEn } from './orders/messages.en.ts'
import { privacyEn } from './privacy/messages.en.ts'
import { authEn } from './sign-in/messages.en.ts'
import { findsEn } from './my-photos/messages.en.ts'
import { twoFactorEn } from './two-factor/messages.en.ts'

export const words = {
  finds: findsEn,
  alertLink: alertLinkEn,
  gift: giftEn,
  stopLetters: stopLettersEn,
  purchases: purchasesEn,
  privacy: privacyEn,
  auth: authEn,
  invitation: invitationEn,
  provider: providerEn,
  twoFactor: twoFactorEn,
  setup: setupEn,
  account: accountEn,
}
