import type { Translated } from '../../base/i18n/translated.ts'
import type { alertLinkTh } from './messages.th.ts'

export const alertLinkEn: Translated<typeof alertLinkTh> = {
  /** An alert for all photos of an event. */
  all: {
    title: 'An e-mail when photos are there',
    lead: 'Your address was given on the page of {event}',
    withdraw: 'No, delete my address',
    confirmedText: 'When the team announces the photos, we write to you and delete the address that we kept for it.',
    gone: 'Your address is deleted',
    goneText: 'We will not write to you about this event.',
  },
  /** One for those of a person, whose face is kept for it. */
  face: {
    title: 'An e-mail about new photos of me',
    lead: 'Your address was given after a face search at {event}',
    withdraw: 'No, delete my address and the face',
    confirmedText:
      'When a new photo is likely of the person you searched for, we write to you and delete the address and the face that we kept for it.',
    gone: 'Your address and the face are deleted',
    goneText: 'We will not write to you about this event.',
  },
  confirm: 'Yes, tell me once',
  confirmed: 'We will tell you once',
  searchAgain: 'Search by face again',
  over: 'This link is no longer good',
  overText:
    'The request was taken back, its time is over, or we have written to you. We have no address of yours for it.',
  failed: 'The link could not be opened',
  toEvent: 'To the event',
}
