import type { Translated } from '../../base/i18n/translated.ts'
import type { giftTh } from './messages.th.ts'

export const giftEn: Translated<typeof giftTh> = {
  pageTitle: 'Photos for you',
  title: 'A photo for you | {n} photos for you',
  titleBy: '{name} gives you a photo | {name} gives you {n} photos',
  gift: 'A gift of photos',
  until: 'Download until {date}',
  photos: 'Your photos',
  photo: 'Photo {at} of {of}',
  download: 'Download photo {at}',
  original: 'Original',
  small: 'JPEG, 2,048 px',
  free: 'No watermark, no account needed',
  overTitle: 'This link opens nothing any more',
  overText: 'It may have ended, or the giver has withdrawn it. Ask who sent it to you',
  cutTitle: 'The link is not complete',
  cutText: 'Copy the whole link that you got, and open it again',
  failed: "We couldn't load the photos",
  allUsed: 'This photo was downloaded as often as the link allows. Ask the giver for a new link',
  alsoThere: 'Were you there, too?',
  alsoThereText: 'There may be more photos of you. A selfie finds them in seconds',
  findMine: 'Find my photos of {event}',
  home: 'To the home page',
}
