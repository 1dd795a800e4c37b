import type { Translated } from '../../base/i18n/translated.ts'
import type { authTh } from './messages.th.ts'

export const authEn: Translated<typeof authTh> = {
  title: 'Sign in',
  lead: 'For photographers, organizers and our team. Customers buy without an account',
  email: 'E-mail',
  emailFault: "Enter a full e-mail, like name{'@'}example.com",
  password: 'Password',
  passwordFault: 'Enter your password',
  submit: 'Sign in',
  failed: 'That did not work',
  wrongRole: 'That page needs another account. Sign in with one that may open it',
}
