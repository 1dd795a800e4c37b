import type { Translated } from '../../base/i18n/translated.ts'
import type { firstStepsTh } from './messages.th.ts'

export const firstStepsEn: Translated<typeof firstStepsTh> = {
  title: 'Set up your shop',
  lead: '{studio} · {done} of {all} steps done',
  failed: 'The steps could not be loaded',
  done: 'Done',
  open: 'Not done yet',
  look_again: 'See',
  look: {
    title: 'Logo and colour',
    text: 'Buyers see them at the top of the shop. Without a logo it shows your name.',
    do: 'Set up the shop',
  },
  seller: {
    title: 'Who sells, for receipts',
    text: 'The owner enters a name, an address and a tax number if there is one. Until then receipts have the studio’s name.',
    do: 'Say who sells',
  },
  prices: {
    title: 'Prices',
    text: 'Until you set your own, your events sell by the platform’s packages.',
    do: 'Set prices',
  },
  event: {
    title: 'Make an event',
    text: 'A name, a date and a place. Nobody sees it before you open it.',
    do: 'Make an event',
  },
  photos: {
    title: 'Add photos',
    text: 'Open the event for photos first. Then upload them, or invite a photographer from the event’s page.',
    do: 'Upload photos',
  },
  approved: { title: 'Approve photos', text: 'Only approved photos go on sale.', do: 'See what waits' },
  on_sale: {
    title: 'Open the sale',
    text: 'Set the event’s status to on sale, and send its link to the people who were there.',
    do: 'Open the event',
  },
}
