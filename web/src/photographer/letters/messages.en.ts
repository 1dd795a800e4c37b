import type { Translated } from '../../base/i18n/translated.ts'
import type { lettersTh } from './messages.th.ts'

export const lettersEn: Translated<typeof lettersTh> = {
  title: 'E-mails to me',
  lead: 'Choose what we write to you about. You can change it at any time',
  morning: 'Sales in the morning',
  morningText: 'At 07:00, only after a day on which your photos were sold',
  firstSale: 'First photo of an event sold',
  firstSaleText: 'At once, one e-mail for each event',
  refused: 'Photos and files of cameras that were not taken',
  refusedText: 'At 07:00. On a day with sales they are in the same e-mail',
  organized: 'Sales of my events in the morning',
  organizedText: 'At 07:00, only after a day on which photos of your events were sold',
  language: 'Language of these e-mails',
  always: 'Always sent',
  alwaysText: 'Payouts, transfers that came back, and changes of your bank account: for the safety of your money',
  save: 'Save',
  saved: 'Saved',
  failed: 'This page could not be loaded',
}
