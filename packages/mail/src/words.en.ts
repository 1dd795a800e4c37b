import { accountEn } from './account-words.en.ts'
import type { LetterWords } from './words.ts'

/** The letters in English. */
export const en: LetterWords = {
  ...accountEn,
  order_paid: {
    subject: 'Your photos are ready ({number})',
    lines: [
      'Thank you for buying at ThePixStock.',
      'We have received the payment for order {number}. All your originals are waiting at this link.',
    ],
    action: 'Download photos',
    hint: 'Open the link on the device and in the browser you bought with.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because this address was given with order {number}.',
  },
  test_letter: {
    subject: 'A test letter of ThePixStock',
    lines: ['This letter came the way of all letters to your buyers: letters work.'],
    action: 'Back to the checks',
    hint: 'You asked for it on the page of checks.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent because an admin asked for a test letter.',
  },
}
