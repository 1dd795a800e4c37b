import type { SupportContacts } from '@pix/contracts/support.ts'
import { supportContacts } from '@pix/db/schema/support-contacts.ts'
import type { Context, Joining } from './context.ts'

type Reading = Pick<Joining<Context>, 'db' | 'settings'>

/** Where people who need help reach somebody: as an admin has said, else what SUPPORT_CONTACT says. */
export async function readContacts({ db, settings }: Reading): Promise<SupportContacts> {
  const [row] = await db.select().from(supportContacts)
  if (!row) return { email: null, lineId: null, phone: null, hours: null, text: settings.SUPPORT_CONTACT }
  const { email, lineId, phone, hoursTh, hoursEn } = row
  const hours = hoursTh === null || hoursEn === null ? null : { th: hoursTh, en: hoursEn }
  return { email, lineId, phone, hours, text: null }
}

/** The same in one line, for sentences and letters: `LINE @shop, 02 123 4567, help@shop.example`. */
export async function contactLine(ctx: Reading): Promise<string> {
  const { email, lineId, phone, text } = await readContacts(ctx)
  return text ?? [lineId && `LINE ${lineId}`, phone, email].filter(Boolean).join(', ')
}
