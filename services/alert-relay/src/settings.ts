import { CommonSettings } from '@pix/platform/settings.ts'
import { z } from 'zod'

/** A user, a group or a room of LINE. */
const Recipient = z
  .string()
  .regex(/^[UCR][0-9a-f]{32}$/, 'is a list of ids of LINE: U, C or R, and 32 hexadecimal digits')

/** The environment of the relay. */
export const Settings = CommonSettings.extend({
  /** Where Alertmanager posts groups of alerts. */
  PORT: z.coerce.number().int().min(0).max(65_535),
  /** The channel access token of the LINE Official Account. */
  LINE_CHANNEL_TOKEN: z.string().min(1),
  /** The recipients, comma-separated. */
  LINE_TO: z
    .string()
    .transform(text => text.split(','))
    .pipe(z.array(Recipient).min(1)),
  LINE_API_URL: z.url().default('https://api.line.me'),
  /** What stands before the paths of runbooks, so that a phone can open them; without it the path is shown. */
  RUNBOOKS_URL: z.preprocess(value => (value === '' ? undefined : value), z.url().optional()),
}).superRefine(({ MODE, LINE_API_URL }, context) => {
  if (MODE !== 'production' || LINE_API_URL.startsWith('https:')) return
  context.addIssue({ code: 'custom', path: ['LINE_API_URL'], message: 'must begin with https:// in production' })
})
export type Settings = z.output<typeof Settings>
