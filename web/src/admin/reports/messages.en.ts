import type { Translated } from '../../base/i18n/translated.ts'
import type { reportsTh } from './messages.th.ts'

export const reportsEn: Translated<typeof reportsTh> = {
  title: 'Reports by e-mail',
  ofStudio: 'About this studio, to {email}. When nothing happened, no letter comes',
  ofAll: 'About the whole installation, to {email}. When nothing happened, no letter comes',
  failed: 'The choice of reports could not be loaded',
  notDone: 'That was not saved',
  saved: 'Saved',
  daily: 'Every day',
  dailyText: 'Sales, photos that came in, searches and what waits, at 7 in the morning',
  weekly: 'Every week',
  weeklyText: 'Sales, the events that sold best and how well searches did, on Monday morning',
  monthly: 'Every month',
  monthlyText: 'Revenue, the share of each party, payouts and VAT, on the morning of the 1st',
}
