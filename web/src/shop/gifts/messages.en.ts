import type { Translated } from '../../base/i18n/translated.ts'
import type { giftsTh } from './messages.th.ts'

export const giftsEn: Translated<typeof giftsTh> = {
  title: 'Give photos to a friend by a link',
  text: 'Your friend opens the link, looks and downloads. No account is needed, and your e-mail is not shown',
  giveAll: 'Give this photo | Give all {n} photos',
  give: 'Give',
  giveOnly: 'Give this photo to a friend',
  full: '{n} links may be open at a time. Withdraw one that is not needed, then make a new one',
  failed: "We couldn't load the links that you gave",
  open: 'Links that are open',
  photos: '{n} photo | {n} photos',
  by: 'from {name}',
  until: 'good until {date}',
  downloads: 'downloaded once | downloaded {n} times',
  withdraw: 'Withdraw',
  withdrawNamed:
    'Withdraw the link of {n} photo, good until {date} | Withdraw the link of {n} photos, good until {date}',
  withdrawn: 'The link is withdrawn and opens nothing any more',
  dialogTitle: 'Give {n} photo to a friend | Give {n} photos to a friend',
  name: 'Your name (optional)',
  nameHint: 'Your friend sees who gives the photos',
  note: 'A line to your friend (optional)',
  rules:
    'Anybody who has the link can open it. It is good for {days} days or until your downloads end, {times} downloads a photo at most. You can withdraw it at any time',
  make: 'Make the link',
  cancel: 'Cancel',
  madeTitle: 'The link is ready',
  madeText: 'Send it to your friend now. We do not keep the link, so it cannot be shown again',
  qr: 'QR of the link that gives the photos',
  link: 'Link',
  share: 'Send to a friend',
  shareTitle: 'Photos from {event}',
  copy: 'Copy the link',
  copied: 'The link is copied',
  notCopied: "It couldn't be copied. Press the link for long and copy it by hand",
  done: 'Done',
}
