import type { Translated } from '../../base/i18n/translated.ts'
import type { providerTh } from './messages.th.ts'

export const providerEn: Translated<typeof providerTh> = {
  or: 'or',
  signIn: 'Continue with {name}',
  title: 'Sign in',
  working: 'One moment, we are checking',
  failed: 'That did not work',
  back: 'Back, to try again',
  linkTitle: 'Sign in with {name}',
  linked: 'Your {name} account opens this account',
  notLinked: 'Link your {name} account to sign in without a password',
  link: 'Link with {name}',
  unverified: 'Confirm your e-mail first. Then the two can be linked',
  passwordHint: 'So that nobody else changes this while you are away from this device',
  elsewhere: 'This is done at ThePixStock, where you sign in once more. A button there leads back to this shop.',
  backToShop: 'Back to {shop}',
  unlink: 'Unlink',
}
