import { REPORT_PERIODS } from '@pix/domain/words.ts'
import { date, pgEnum, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

export const reportPeriod = pgEnum('report_period', REPORT_PERIODS)

/** Days, weeks and months whose reports are all written: a sweep looks at each of them until then. */
export const reportRounds = pgTable(
  'report_rounds',
  {
    period: reportPeriod('period').notNull(),
    /** The first day of it, in Bangkok. */
    firstDay: date('first_day').notNull(),
    writtenAt: instant('written_at').notNull(),
  },
  t => [primaryKey({ columns: [t.period, t.firstDay] })],
)
