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
          ['Sent back to buyers', '{returned}'],
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
  weekly_report: {
    subject: '{period}: the week at {studio}',
    lines: ['{studio} in the week {period}, by the clock of Thailand.'],
    tables: [
      {
        heading: 'The week',
        rows: [
          ['Sold', '{sold}'],
          ['Paid orders', '{orders}'],
          ['Placed and paid', '{conversion}'],
          ['Sent back to buyers', '{returned}'],
        ],
      },
      {
        heading: 'Events that sold best',
        rows: [
          ['{event1}', '{sold1}'],
          ['{event2}', '{sold2}'],
          ['{event3}', '{sold3}'],
          ['{event4}', '{sold4}'],
          ['{event5}', '{sold5}'],
        ],
      },
      {
        heading: 'Face searches',
        rows: [
          ['Searches', '{searches}'],
          ['Found nothing', '{nothing_found}'],
          ['“Not me”, of all answers', '{not_me}'],
        ],
      },
      {
        heading: 'How the shop ran',
        rows: [
          ['Could be used', '{availability}'],
          ['95% of the API’s answers took at most', '{p95}'],
        ],
      },
    ],
    action: 'Open the revenue page',
    hint: HINT,
    otherwise: OTHERWISE,
    why: WHY,
  },
  monthly_report: {
    subject: '{period}: the month at {studio}',
    lines: ['{studio} in {period}, by the clock of Thailand.'],
    tables: [
      {
        heading: 'The month',
        rows: [
          ['Sold', '{sold}'],
          ['Paid orders', '{orders}'],
          ['Given back of it, or owed', '{refunded}'],
        ],
      },
      {
        heading: 'Who gets it',
        rows: [
          ['ThePixStock', '{share_platform}'],
          ['The studio', '{share_studio}'],
          ['Photographers', '{share_photographers}'],
          ['Organizers', '{share_organizers}'],
          ['VAT and fees, taken off before', '{deducted}'],
        ],
      },
      {
        heading: 'Paid out and taxed',
        rows: [
          ['Transferred to payees', '{paid_out}'],
          ['Tax withheld', '{withheld}'],
          ['VAT by the documents issued', '{sales_tax}'],
        ],
      },
    ],
    action: 'Open the month (CSV)',
    hint: HINT,
    otherwise: OTHERWISE,
    why: WHY,
  },
}
