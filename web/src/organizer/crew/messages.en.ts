import type { Translated } from '../../base/i18n/translated.ts'
import type { crewTh } from './messages.th.ts'

export const crewEn: Translated<typeof crewTh> = {
  title: 'Photographers and organizer',
  failed: 'The people of this event could not be loaded',
  notDone: 'That did not work',
  organizer: 'Organizer',
  noOrganizer: 'No organizer yet',
  photographers: 'Photographers',
  none: 'No photographers yet. Invite the first one below',
  trusted: 'Trusted',
  trustText:
    'Where the event approves photos of trusted photographers, theirs go on sale as soon as they are processed',
  remove: 'Remove',
  keep: 'Keep as it is',
  removeTitle: 'Take {name} off this event?',
  removeText: 'They can no longer upload to this event. Photos they uploaded stay',
  removeOrganizerText: 'From now on the event has no organizer. What was sold before stays shared as it was',
  addMember: 'Add somebody of the studio',
  add: 'Add',
  invite: 'Invite by e-mail',
  as: 'Invite as',
  send: 'Send the invitation',
  onItsWay: 'An invitation goes to {email}. Its link is good for 7 days',
  open: 'Open invitations',
  openFailed: 'The invitations could not be loaded',
  noneOpen: 'No invitation is open',
  expired: 'Expired',
  until: 'Good until {day}',
  resend: 'Send again',
  revoke: 'Take back',
  more: 'Show more',
}
