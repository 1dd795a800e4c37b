import type { PhotographerWords } from './words.ts'

const otherwise = 'If the button does nothing, open this address:'

/** The letters to photographers about their day in English. */
export const photographerEn: PhotographerWords = {
  photographer_morning: {
    subject: 'You earned {baht} since yesterday (buyers: {buyers})',
    lines: [
      'Since 07:00 of yesterday you earned {baht}. Buyers: {buyers}. Photos sold: {photos}.',
      'Photos that earned most: {best}',
      'Refunds to buyers took {taken_back} of your share.',
      'Can be paid out now: {ready}.',
      'Another {later} can be paid out from {day} on.',
      'Photos that were not taken: {refused}. {reasons}',
      'Files of your cameras that were not kept: {files}. {named}',
    ],
    action: 'See photos and sales',
    hint: 'There you can also delete a photo that was not taken, or upload a better one.',
    otherwise,
    why: 'This e-mail is sent at 07:00 after a day on which your photos were sold.',
  },
  photos_refused: {
    subject: 'Photos that were not taken: {refused}',
    lines: [
      'Since 07:00 of yesterday some of your photos were not taken. Their number: {refused}.',
      '{reasons}',
      'Files of your cameras that were not kept: {files}. {named}',
    ],
    action: 'See these photos',
    hint: 'There you can delete them, or upload better ones.',
    otherwise,
    why: 'This e-mail is sent at 07:00 after a day on which photos of yours were not taken.',
  },
  camera_files_refused: {
    subject: 'Files of your cameras that were not kept: {files}',
    lines: ['Since 07:00 of yesterday some files of your cameras were not kept. Their number: {files}.', '{named}'],
    action: 'See files and reasons',
    hint: 'Keep the card, and send what you have mended again, from the camera or the upload page.',
    otherwise,
    why: 'This e-mail is sent at 07:00 after a day on which files of your cameras were not kept.',
  },
  organizer_morning: {
    subject: 'Your events earned {baht} for you since yesterday',
    lines: [
      'Since 07:00 of yesterday the organizer’s share is {baht}. Buyers: {buyers}. Photos sold: {photos}.',
      '{events}',
      'Refunds to buyers took {taken_back} of it.',
    ],
    action: 'See your share',
    hint: 'How each event does is shown at “Your events”.',
    otherwise,
    why: 'This e-mail is sent at 07:00 after a day on which photos of your events were sold.',
  },
  first_sale: {
    subject: 'Your first photo of {event} was sold',
    lines: [
      'Somebody bought a photo of yours at {event} for the first time: {photo}',
      'Your share of this order is {baht}.',
    ],
    action: 'See my sales',
    hint: 'All further sales of the event are on this page, at any time.',
    otherwise,
    why: 'This e-mail is sent once for an event, when your first photo of it is sold.',
  },
}
