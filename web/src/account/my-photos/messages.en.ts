import type { Translated } from '../../base/i18n/translated.ts'
import type { findsTh } from './messages.th.ts'

export const findsEn: Translated<typeof findsTh> = {
  title: 'My photos',
  lead: 'Photos that your selfies found. They are kept for {days}\u00a0days after the search, then forgotten. Until then you need no new selfie.',
  ofBrowser: 'Only this browser can see them',
  ofAccount: 'This browser sees them. What you searched while signed in is also on other devices that use {email}',
  failed: "We couldn't load your photos",
  empty: 'No photos of you yet',
  emptyText: 'Find the event you were at and take one selfie. What it finds stays here for {days}\u00a0days',
  findEvent: 'Find an event',
  until: 'Forgotten on {at}',
  searched: 'Searched on {at}',
  earlier: 'Earlier searches in this event',
  closed: 'No longer on sale: for looking only',
  goOn: 'Go on',
  forget: 'Forget now',
  forgetNamed: 'Forget what was found in {event}',
  forgetTitle: 'Forget what was found in this event?',
  forgetText:
    'All your results in this event are deleted at once, and your consent is withdrawn. Photos in your cart, and those you bought, stay.',
  forgetYes: 'Forget',
  cancel: 'Cancel',
  forgotten: 'Forgotten. Nothing of your searches in this event is left',
}
