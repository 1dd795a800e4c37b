import type { Translated } from '../../base/i18n/translated.ts'
import type { invitationTh } from './messages.th.ts'

export const invitationEn: Translated<typeof invitationTh> = {
  title: 'Invitation',
  studio: '{studio} invites you to work with them as: {role}',
  event: {
    photographer: '{studio} invites you to take the photos of {event}',
    organizer: '{studio} invites you as the organizer of {event}',
  },
  accept: 'Accept the invitation',
  register: 'Make an account and accept',
  registerText: 'This invitation went to {email}. Choose a name and a password, and your account is ready',
  signIn: 'Sign in to accept',
  signInText: '{email} has an account. Sign in, and you come back to this page',
  another:
    'This invitation is for {invited}, and you are signed in as {present}. Sign out first, then sign in to the account that was invited',
  signOut: 'Sign out',
  overTitle: 'This invitation is no longer good',
  failed: 'The invitation could not be opened',
  home: 'To the first page',
}
