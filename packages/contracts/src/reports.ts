import { REPORT_PERIODS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { studioQuery } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** Which reports somebody gets by mail. */
export const ReportChoice = z
  .object({
    periods: z.array(z.enum(REPORT_PERIODS)).max(REPORT_PERIODS.length),
    /** The address to which they go: that of the account. */
    email: z.string(),
  })
  .meta({ id: 'ReportChoice' })
export type ReportChoice = z.infer<typeof ReportChoice>

const whose = z.strictObject(studioQuery)

export const readReportChoice = {
  method: 'GET',
  url: '/reports/choice',
  config: { access: 'manager' },
  schema: {
    summary:
      'Which reports of a studio the caller gets by mail; of the whole installation where a platform admin names none',
    tags: ['studios'],
    querystring: whose,
    response: { 200: ReportChoice, 404: problem('not_found') },
  },
} as const satisfies Contract

export const chooseReports = {
  method: 'PUT',
  url: '/reports/choice',
  config: { access: 'manager' },
  schema: {
    summary: 'Choose which of these reports the caller gets, and in which language',
    tags: ['studios'],
    querystring: whose,
    body: z.strictObject({
      periods: z.array(z.enum(REPORT_PERIODS)).max(REPORT_PERIODS.length),
      locale: z.enum(['th', 'en']),
    }),
    response: { 200: ReportChoice, 404: problem('not_found') },
  },
} as const satisfies Contract
