import type { Translated } from '../../base/i18n/translated.ts'
import type { myPhotosTh } from './messages.th.ts'

export const myPhotosEn: Translated<typeof myPhotosTh> = {
  title: 'My photos',
  upload: 'Upload more',
  show: 'Show',
  filter: { all: 'All', waiting: 'Awaiting approval', onSale: 'On sale', rejected: 'Not taken', failed: 'Failed' },
  place: {
    processing: 'Processing',
    waiting: 'Awaiting approval',
    onSale: 'On sale',
    rejected: 'Not taken',
    failed: 'Processing failed',
  },
  none: 'No photos here',
  noneText: {
    all: 'Upload photos of this event, and they will be here',
    waiting: 'Every photo is decided, or still processed',
    onSale: 'Photos that were approved will be here',
    rejected: 'No photo was turned down',
    failed: 'No photo failed to be processed',
  },
  failed: 'The photos could not be loaded',
  retry: 'Try {name} again',
  deleteOne: 'Delete {name}',
  deleteTitle: 'Delete this photo for good?',
  deleteText:
    '{name} and its original are deleted and cannot be brought back. A photo that somebody bought cannot be deleted: it stays for them',
  keep: 'Keep it',
  delete: 'Delete photo',
  deleted: '{name} is deleted',
  offSale: '{name} is off the sale. Its buyers can still download it',
}
