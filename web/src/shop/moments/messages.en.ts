import type { Translated } from '../../base/i18n/translated.ts'
import type { momentsTh } from './messages.th.ts'

export const momentsEn: Translated<typeof momentsTh> = {
  some: '{chosen} of {photos}',
  open: 'taken in a row, show them all',
  title: '{n}\u00a0photo taken in a row | {n}\u00a0photos taken in a row',
  text: 'Pick the ones you like, or take them all. You pay for the photos you select',
  best: 'Sharpest',
  chosen: '{chosen} of {photos} selected',
  takeBest: 'Only the sharpest',
  takeAll: 'Select it | Select all {n}',
  takeNone: 'Clear',
}
