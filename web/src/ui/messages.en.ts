import type { Translated } from '../base/i18n/translated.ts'
import type { uiTh } from './messages.th.ts'

export const uiEn: Translated<typeof uiTh> = {
  logoHome: '{name} home',
  close: 'Close',
  emailSuggestion: 'Did you mean {email}?',
  retry: 'Try again',
  more: 'Show more',
  moreFailed: 'More could not be loaded',
  previous: 'Previous photo',
  next: 'Next photo',
  photoOf: 'Photo {at} of {of}',
  select: 'Select this photo',
  unselect: 'Remove from selection',
}
