import { setupEn } from './setup/messages.en.ts'
import { accountEn } from './profile/messages.en.ts'
import { privacyEn } from './privacy/messages.en.ts'
import { authEn } from './sign-in/messages.en.ts'

export const words = {
  privacy: privacyEn,
  auth: authEn,
  setup: setupEn,
  account: accountEn,
}
