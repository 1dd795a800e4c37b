import type { Translated } from '../../base/i18n/translated.ts'
import type { shareTh } from './messages.th.ts'

export const shareEn: Translated<typeof shareTh> = {
  title: 'Make the event known',
  text: 'The short link and the QR lead to the event’s page once it is on sale. The poster can be printed before. The picture that chats show with the link is the event’s cover.',
  planned: 'Link, QR and poster come once the event is no longer a draft: its address may still change until then.',
  failed: 'Link and QR cannot be shown now',
  link: 'Short link',
  copy: 'Copy the link',
  copied: 'The link is copied',
  notCopied: 'The link could not be copied. Select it and copy it yourself',
  qr: 'QR of {link}',
  saveQr: 'Save the QR (SVG)',
  poster: 'Poster A4 (PDF)',
  posterFailed: 'The poster could not be made. Please try again',
}
