import { accountEn } from './account-words.en.ts'
import { invitationEn } from './invitation-words.en.ts'
import { reportEn } from './report-words.en.ts'
import { photographerEn } from './photographer-words.en.ts'
import type { LetterWords } from './words.ts'

/** The letters in English. */
export const en: LetterWords = {
  ...accountEn,
  ...invitationEn,
  ...reportEn,
  ...photographerEn,
  order_paid: {
    subject: 'Your photos are ready ({number})',
    lines: [
      'Thank you for buying at ThePixStock.',
      'We have received the payment for order {number}. All your originals are waiting at this link.',
      'Coupon {coupon} took {baht} off the price.',
      'Your receipt, number {document}, can be downloaded from the same page.',
    ],
    action: 'Download photos',
    hint: 'On another device or in another browser than you bought with, we send you a code to this address.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because this address was given with order {number}.',
  },
  order_code: {
    subject: 'Your code for order {number}',
    lines: [
      'Somebody wants to open order {number} in a browser that did not pay for it.',
      'If it is you, enter this code there. It is good for 10 minutes.',
    ],
    code: '{code}',
    action: 'Open the order',
    hint: 'If it is not you, do nothing. Give the code to nobody: it opens your photos.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because this address was given with order {number}.',
  },
  event_alert_confirm: {
    subject: 'Shall we tell you about the photos? {event}',
    lines: [
      'Somebody gave this address on the page of {event}, to be told when its photos are announced.',
      'If it was you, say so on the page of this link. Then one letter comes, and your address for it is deleted.',
    ],
    action: 'Confirm or decline',
    hint: 'If it was not you, do nothing: the address is deleted within seven days. The link takes it back at once, also later.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because this address was given on the page of an event.',
  },
  event_announced: {
    subject: 'The photos are there: {event}',
    lines: [
      'The photos of {event} are on ThePixStock, and more may follow.',
      'This is the only letter that you asked for. Your address for it has been deleted.',
    ],
    action: 'See the photos',
    hint: 'Looking is free.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent because you asked to be told about the photos of this event.',
  },
  face_alert_confirm: {
    subject: 'Shall we tell you about new photos? {event}',
    lines: [
      'Somebody gave this address after a face search at {event}, to be told when a new photo of the same person appears.',
      'If it was you, say so on the page of this link. Then one letter comes, and your address and the face are deleted.',
    ],
    action: 'Confirm or decline',
    hint: 'If it was not you, do nothing: the address and the face are deleted within seven days. The link takes it back at once, also later.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because this address was given on the page of an event.',
  },
  face_alert_found: {
    subject: 'There is a new photo: {event}',
    lines: [
      'Among the new photos of {event} is one that looks like the person you searched for.',
      'This is the only letter that you asked for. Your address for it and the face have been deleted, so please show a selfie again.',
    ],
    action: 'Find the photos',
    hint: 'Looking is free.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent because you asked to be told about new photos at this event.',
  },
  face_alert_engine: {
    subject: 'Please search once more: {event}',
    lines: [
      'You asked to be told when a new photo appears at {event}.',
      'We are going to read its photos with another method, which does not know the face you searched with. After that we could not tell you.',
      'If you still want to be told, search once more at the event and ask again. The page of this link leads there, and deletes the face at once if you wish.',
    ],
    action: 'Search again or take it back',
    hint: 'The face is deleted at the latest when the sale of the photos ends.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent because you asked to be told about new photos at this event.',
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
      'The photo is gone from ThePixStock: nobody can see, find or buy it here any more. Its files and the faces in it are being deleted.',
      'Copies that somebody downloaded before are not in our hands.',
    ],
    action: 'See the event',
    hint: 'Should you still see the photo, reload the page.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because this address was given with request {number}.',
  },
  objection_made: {
    subject: 'You are not found any more: {event}',
    lines: [
      'You asked not to be found by your face in the photos of {event}. It is done.',
      'Should you want to be found again, use this link. It works in any browser, until the faces of the event are deleted.',
    ],
    action: 'Take it back',
    hint: 'Opening the link changes nothing yet. A button on the page does.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because this address was given with the request.',
  },
  objection_engine: {
    subject: 'Please show your face again: {event}',
    lines: [
      'You asked not to be found by your face in the photos of {event}.',
      'We are going to read these photos again with another method, which does not know your face yet. Without it you may be found again.',
      'Please show your face once more. It takes a minute.',
    ],
    action: 'Show my face again',
    hint: 'The selfie is deleted as soon as it is read.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because this address was given with your request.',
  },
  refund_refused: {
    subject: 'Your refund request ({number})',
    lines: [
      'You asked for the money of photos of order {order}. Your request has the number {number}.',
      'We have looked at it and cannot give the money back. The reason: {reason}',
      'The photos stay yours. You may ask again on the page of the order.',
    ],
    action: 'See the order',
    hint: 'Please name the number when you write to us.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because this address was given with order {order}.',
  },
  slip_refused: {
    subject: 'We have not found your transfer for order {order}',
    lines: [
      'You sent a slip for order {order}. We compared it with our account and have not found this money.',
      'The reason: {reason}',
      "If you transferred it, don't transfer again. Send another slip, or write to {contact} and name the order.",
    ],
    action: 'Open the transfer page',
    hint: 'Open it on the device you ordered with.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because this address was given with order {order}.',
  },
  books_disagree: {
    subject: 'The books of {day} disagree',
    lines: [
      'Gateways, receipts and ledger were compared, and {count} new differences were found.',
      'Each one is on the page of the reconciliation, and in “Needs a person”.',
    ],
    action: 'See what disagrees',
    hint: 'A difference that is over ends by itself with the next comparison.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically to every administrator.',
  },
  transfer_account_set: {
    subject: 'The account for transfers has changed',
    lines: [
      'Buyers now transfer to: {account}',
      'Changed by: {by}',
      "If you know nothing of this change, look at it at once: buyers' money goes to this account.",
    ],
    action: 'See the settings',
    hint: 'The audit says who changed it, and from where.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically to every administrator.',
  },
  refund_sent: {
    subject: 'Your money is on its way back ({number})',
    lines: [
      'We have transferred {baht} back to you. The refund has the number {number} and belongs to order {order}.',
      'Banks show it within minutes, at the latest on the next working day.',
    ],
    action: 'See the order',
    hint: 'Please name the number should the money not be there.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because this address was given with order {order}.',
  },
  payee_changed: {
    subject: 'Your bank account was changed',
    lines: [
      'A bank account was entered to which the share of {name} is paid out: {account}.',
      'It counts from {day} (Thailand) on. Nothing is paid out before.',
      'If it was not you, set a new password now, and enter your own account again.',
    ],
    action: 'Set a new password',
    hint: 'If it was you, there is nothing to do.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because a bank account was changed.',
  },
  payout_sent: {
    subject: 'Your share was paid out ({number})',
    lines: [
      'We have transferred {baht} to {account}. The payout has the number {number}.',
      '{withheld} of tax were withheld. The certificate for your tax return is on the page of your payouts.',
      'Banks show it within minutes, at the latest on the next working day.',
    ],
    action: 'See my payouts',
    hint: 'Please name the number should the money not be there.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because a payout to you was made.',
  },
  payout_bounced: {
    subject: 'Your payout came back ({number})',
    lines: [
      'The bank sent {baht} back, which we had transferred to {account}. The reason: {reason}',
      'The money is still yours. Please enter your bank account again, so that we can pay it out.',
    ],
    action: 'Enter my account',
    hint: 'The payout has the number {number}.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent automatically, because a payout to you came back.',
  },
  statement_ready: {
    subject: 'Your statement is ready ({from} – {to})',
    lines: [
      'The PDF of your statement of earnings from {from} to {to} is ready.',
      'It waits on the page of your earnings for 7 days. After that you can ask for it again.',
    ],
    action: 'Open my earnings',
    hint: 'You asked for it there.',
    otherwise: 'If the button does nothing, open this address:',
    why: 'This e-mail was sent because you asked for a statement as PDF.',
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
