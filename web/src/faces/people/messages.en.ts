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
}
