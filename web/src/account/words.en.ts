import { authEn } from './sign-in/messages.en.ts'

export const words = {
  auth: authEn,
}
