import type { Translated } from '../../base/i18n/translated.ts'
import type { leaveTh } from './messages.th.ts'

export const leaveEn: Translated<typeof leaveTh> = {
  typed: {
    title: 'Leave without saving?',
    text: 'What you typed or changed here is lost when you leave.',
  },
  upload: {
    title: 'Leave before all photos are sent?',
    text: 'Sending stops when you leave this page. Come back and choose the same folder, and it goes on where it stopped.',
  },
  leave: 'Leave',
  stay: 'Stay here',
}
