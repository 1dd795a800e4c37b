import type { ReportWords } from './words.ts'

const OTHERWISE = 'If the button does nothing, open this address:'
const HINT = 'Which reports come to you is set on the page of the members, for administrators on that of the settings.'
const WHY = 'This e-mail was sent automatically, because you look after {studio}.'

/** The letters that report, in English. */
export const reportEn: ReportWords = {
  daily_report: {
    subject: '{period}: the day at {studio}',
    lines: ['{studio} on {period}, by the clock of Thailand.'],
    tables: [
      {
        heading: 'The day',
        rows: [
          ['Sold', '{sold}'],
          ['Paid orders', '{orders}'],
          ['Transferred back to buyers', '{returned}'],
          ['Photos that came in', '{photos}'],
          ['Face searches', '{searches}'],
        ],
      },
      {
        heading: 'When this letter was written',
        rows: [
          ['Photos to approve', '{waiting}'],
          ['Needs a person, in all', '{needs}'],
        ],
      },
    ],
    action: 'Open the dashboard',
    hint: HINT,
    otherwise: OTHERWISE,
    why: WHY,
  },
}
