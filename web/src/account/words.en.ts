import { setupEn } from './setup/messages.en.ts'
import { accountEn } from './profile/messages.en.ts'
import { authEn } from './sign-in/messages.en.ts'

export const words = {
  auth: authEn,
  setup: setupEn,
  account: accountEn,
}
