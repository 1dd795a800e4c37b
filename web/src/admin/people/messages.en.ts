import type { Translated } from '../../base/i18n/translated.ts'
import type { peopleTh } from './messages.th.ts'

export const peopleEn: Translated<typeof peopleTh> = {
  title: 'People',
  counts: '{people} people from {faces} faces',
  photos: '{n} photo | {n} photos',
  person: 'Person {n}, in {photos}',
  askTitle: 'The people of this event are not grouped yet',
  askText: 'Faces that look alike become one person. Nobody is named, and they go when their photos go',
  ask: 'Group the people',
  working: 'Looking at the faces. You can leave this page',
  changed: 'Photos came or went: grouping again',
  failed: 'The people could not be grouped',
  failedText: 'It was tried three times. You can have it tried again',
  notAsked: 'That did not work',
  noneTitle: 'Nobody to see yet',
  noneText: 'The photos on sale show no face that is clear enough',
  loadFailed: 'The people could not be loaded',
  all: 'All people of the event',
  ofPerson: 'Photos of this person',
  photosFailed: 'The photos of this person could not be loaded',
  engine: {
    title: 'Face engine',
    is: 'This event is searched with {engine}',
    outdated: 'Its photos were read with an older version. New photos and selfies wait until they are read again',
    none: 'No photo has been read yet; the first one decides',
    change: 'Read its photos again with {engine}',
    choose: 'Use {engine}',
    unknown:
      '{n} person who does not want to be found is unknown to it | {n} people who do not want to be found are unknown to it',
    unknownText:
      'They may be found again after the change, until they show their face again. Those whose address we have get a letter.',
    unknownOf: { hide: 'Hidden on {at}; {mail}', delete: 'Faces deleted on {at}; {mail}' },
    written: 'is written to',
    notWritten: 'no address',
    meanwhile: 'Searches go on as before until every photo has been read again',
    reading: '{read} of {photos} photos read again with {engine}',
    cancel: 'Stop',
    failed: '{failed} photos could not be read again',
    failedText: 'The event stays as it is until they can be read. You can have it tried again, or stop',
    tidying: 'Tidying up. It can be changed again in some minutes',
    noWorker: 'No worker answers just now, so no photo is read',
    missing:
      'The weights of {engine} were not found: new events are read with {instead}. Fetch them (npm run fetch:face-weights), or put them into the folder FACE_WEIGHTS_DIR, and start the worker again',
  },
}
