import type { Translated } from '../../../base/i18n/translated.ts'
import type { eventFiltersTh } from './messages.th.ts'

export const eventFiltersEn: Translated<typeof eventFiltersTh> = {
  filters: 'Month and province of the event',
  month: 'Month of the event',
  anyMonth: 'Any month',
  province: 'Province',
  anyProvince: 'Any province',
  clear: 'Clear filters',
  counted: '{name} ({n})',
  failed: 'The filters could not be loaded',
}
