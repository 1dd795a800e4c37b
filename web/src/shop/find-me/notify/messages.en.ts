import type { Translated } from '../../../base/i18n/translated.ts'
import type { notifyOfMeTh } from './messages.th.ts'

export const notifyOfMeEn: Translated<typeof notifyOfMeTh> = {
  title: 'Tell me about new photos of me',
  text: 'Photographers may still be sending photos. Leave an address: when a new photo is likely of you, we send one e-mail.',
  who: 'Whose selfie was searched with',
  adult: 'Mine',
  child: 'A child’s',
  tick: 'Tick this box first',
  submit: 'Tell me about new photos',
  engine: 'If the event changes its face search, the kept face is of no use any more: we write to you before.',
  ownText: 'You can take it back at any time at “My data”.',
}
