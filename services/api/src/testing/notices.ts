import type { Db } from '@pix/db/client.ts'
import { notices } from '@pix/db/schema/notices.ts'

const HOUR_MS = 3_600_000
export const SAID = {
  title: { th: 'ย้ายฐานข้อมูล', en: 'The database moves' },
  text: { th: 'ร้านปิดสองชั่วโมง', en: 'The shop is away for two hours' },
  parts: ['shop', 'payments'],
} as const

export const hoursFromNow = (hours: number) => new Date(Date.now() + hours * HOUR_MS)

/** Maintenance of two hours that begins so many hours from now, as its form sends it. */
export const maintenanceIn = (hours: number, more: object = {}) => ({
  ...SAID,
  startsAt: hoursFromNow(hours).toISOString(),
  endsAt: hoursFromNow(hours + 2).toISOString(),
  urgent: false,
  pauses: false,
  ...more,
})

/** An incident that goes on, or maintenance that begins in 100 h. */
export async function addNotice(
  { db, deps }: { db: Db; deps: { newId: () => string; now: () => Date } },
  kind: 'incident' | 'maintenance',
  more: Partial<typeof notices.$inferInsert> = {},
): Promise<string> {
  const id = deps.newId()
  const now = deps.now().getTime()
  const startsAt = new Date(kind === 'incident' ? now : now + 100 * HOUR_MS)
  await db.insert(notices).values({
    id,
    kind,
    titleTh: SAID.title.th,
    titleEn: SAID.title.en,
    textTh: SAID.text.th,
    textEn: SAID.text.en,
    parts: [...SAID.parts],
    announcedAt: deps.now(),
    startsAt,
    endsAt: kind === 'incident' ? null : new Date(startsAt.getTime() + 2 * HOUR_MS),
    ...more,
  })
  return id
}
