import { setupTh } from './setup/messages.th.ts'
import { accountTh } from './profile/messages.th.ts'
import { authTh } from './sign-in/messages.th.ts'

export const words = {
  auth: authTh,
  setup: setupTh,
  account: accountTh,
}
