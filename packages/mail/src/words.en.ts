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
  photo_taken_down: {
    subject: 'The photo has been taken down ({number})',
    lines: [
      'You asked for a photo to be taken down. Your request has the number {number}.',
      'The photo is gone from ThePixStock: nobody can see, find or buy it here any more, and its files and the faces in it are deleted.',
      'Copies that somebody downloaded before are not in our hands.',
    ],
    action: 'See the event',
    hint: 'Should you still see the photo, reload the page.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because this address was given with request {number}.',
  },
  takedown_refused: {
    subject: 'Your request about a photo ({number})',
    lines: [
      'You asked for a photo to be taken down. Your request has the number {number}.',
      'We have looked at it and decided that the photo stays. The reason: {reason}',
      'You may ask again on the page of the photo, and tell us what we have not seen.',
    ],
    action: 'See the event',
    hint: 'Please name the number when you write to us.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because this address was given with request {number}.',
  },
}
