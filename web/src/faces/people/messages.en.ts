import type { Translated } from '../../app/i18n/translated.ts'
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
  noneText: 'The photos on sale show no face clear enough to tell',
  loadFailed: 'The people could not be loaded',
  more: 'Show more',
  engine: {
    title: 'Face engine',
    is: 'This event is searched with {engine}',
    outdated: 'Its photos were read with an older version. New photos and selfies wait until they are read again',
    none: 'No photo has been read yet; the first one decides',
    change: 'Read its photos again with {engine}',
    choose: 'Use {engine}',
    meanwhile: 'Searches go on as before until every photo has been read again',
    reading: '{read} of {photos} photos read again with {engine}',
    cancel: 'Stop',
    failed: '{failed} photos could not be read again',
    failedText: 'The event stays as it is until they can be read. You can have it tried again, or stop',
    tidying: 'Tidying up. It can be changed again in some minutes',
    noWorker: 'No worker answers just now, so no photo is read',
    missing:
      'The weights of {engine} were not found: new events are read with {instead}. Let the worker fetch them, or put them into the folder FACE_WEIGHTS_DIR, and start it again',
  },
}
