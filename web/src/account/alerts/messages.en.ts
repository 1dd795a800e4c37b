import type { Translated } from '../../base/i18n/translated.ts'
import type { alertLinkTh } from './messages.th.ts'

export const alertLinkEn: Translated<typeof alertLinkTh> = {
  title: 'An e-mail when photos are there',
  lead: 'Your address was given on the page of {event}',
  confirm: 'Yes, tell me once',
  withdraw: 'No, delete my address',
  confirmed: 'We will tell you once',
  confirmedText: 'When the team announces the photos, we write to you and delete the address that we kept for it.',
  gone: 'Your address is deleted',
  goneText: 'We will not write to you about this event.',
  faceTitle: 'An e-mail about new photos of me',
  faceLead: 'Your address was given after a face search at {event}',
  faceWithdraw: 'No, delete my address and the face',
  faceConfirmedText:
    'When a new photo is likely of the person you searched for, we write to you and delete the address and the face that we kept for it.',
  faceGone: 'Your address and the face are deleted',
  faceGoneText: 'We will not write to you about this event.',
  faceSearch: 'Search by face again',
  over: 'This link is no longer good',
  overText:
    'The request was taken back, its time is over, or we have written to you. We have no address of yours for it.',
  failed: 'The link could not be opened',
  toEvent: 'To the event',
}
