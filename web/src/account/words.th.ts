import { authTh } from './sign-in/messages.th.ts'

export const words = {
  auth: authTh,
}
