import { z } from 'zod'
import { LocalText, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'

/** A LINE id; that of an official account begins with `@`. */
export const LINE_ID = /^@?[A-Za-z0-9][A-Za-z0-9._-]{1,39}$/
/** As people write it: digits with spaces and hyphens, `+` before a country's. */
export const PHONE = /^\+?\d(?:[ -]?\d){5,18}$/

/** Where people who need help reach somebody. */
export const SupportContacts = z
  .object({
    email: z.string().nullable(),
    lineId: z.string().nullable(),
    phone: z.string().nullable(),
    /** When somebody answers, in words. */
    hours: LocalText.nullable(),
    /** What the installation's setting says, shown as it stands while nobody has set the others; else null. */
    text: z.string().nullable(),
  })
  .meta({ id: 'SupportContacts' })
export type SupportContacts = z.infer<typeof SupportContacts>

const Hours = Text.trim().min(1).max(120)

export const setSupportContacts = {
  method: 'PUT',
  url: '/admin/support-contacts',
  config: { access: 'platform_admin' },
  schema: {
    summary:
      'Set where people who need help reach somebody; without any contact the setting of the installation is shown again',
    tags: ['admin'],
    body: z.strictObject({
      email: Email.nullable(),
      lineId: z.string().trim().max(41).regex(LINE_ID, 'is no LINE id').nullable(),
      phone: z.string().trim().max(40).regex(PHONE, 'is no telephone number').nullable(),
      hours: z.strictObject({ th: Hours, en: Hours }).nullable(),
    }),
    response: { 200: SupportContacts, 422: problem('invalid_request') },
  },
} as const satisfies Contract
