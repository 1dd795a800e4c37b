import type { Translated } from '../../base/i18n/translated.ts'
import type { accountTh } from './messages.th.ts'

export const accountEn: Translated<typeof accountTh> = {
  title: 'My account',
  save: 'Save',
  saved: 'Saved',
  work: 'My work',
  signOut: 'Sign out',
  profile: { title: 'Profile', name: 'Name', nameFault: 'Enter your name', email: 'E-mail' },
  places: {
    title: 'Studios you work for',
    leave: 'Leave',
    askTitle: 'Leave {name}?',
    text: 'You can then no longer open its console, nor upload to its events. Photos you uploaded stay. You come back when you are invited again',
    keep: 'Stay',
  },
  unverified: {
    title: 'Your e-mail is not confirmed yet',
    text: 'Open the link in our letter to {email} before you buy or upload photos. If it is not there, ask for another',
    resend: 'Send another letter',
    sent: 'Another letter is on its way',
  },
  password: {
    title: 'Password',
    lead: 'When you change it, other devices are signed out. This one stays signed in',
    current: 'Present password',
    submit: 'Change password',
    changed: 'Your password is changed. Other devices are signed out',
    none: 'This account has no password yet. Set one by a link that we send to your e-mail',
  },
  devices: {
    title: 'Devices',
    lead: 'Where this account is signed in. Sign out what you do not know, and change your password',
    failed: 'We could not load the devices',
    this: 'this device',
    used: 'Last used {at}',
    name: '{browser} on {system}',
    unknown: 'Unknown device',
    endOthers: 'Sign out all other devices',
  },
}
