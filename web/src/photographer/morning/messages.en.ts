import type { Translated } from '../../base/i18n/translated.ts'
import type { morningTh } from './messages.th.ts'

export const morningEn: Translated<typeof morningTh> = {
  title: 'Since {since}',
  sold: '{baht} from {people}',
  people: '{n} buyer | {n} buyers',
  photos: 'Your share of {n} photo | Your share of {n} photos',
  refunded: 'refunds took {baht} of your share',
  none: 'Nothing sold yet',
  noneText: 'When somebody buys a photo, it appears here with what it earned',
  best: 'Photos that earned most',
  times: 'Bought once | Bought {n} times',
  payout: 'Next payout',
  onItsWay: 'On its way to your account',
  from: 'Can be paid out from {day}',
  ready: 'Can be paid out now',
  least: 'Each studio transfers it once it is {baht} or more',
  enterAccount: 'Enter your bank account',
  refused: '{n} photo was not taken | {n} photos were not taken',
  better: 'Upload a better one than {name}',
  allRefused: 'All that were not taken: {event}',
  camera: '{n} file from your camera was not stored | {n} files from your cameras were not stored',
  allOfCameras: 'All from cameras: {event}',
  failed: 'Your sales could not be loaded',
}
