import { ColumnKeysSetting, refuseWeakColumnKeys } from '@pix/db/sealed/column-keys-setting.ts'
import { CommonSettings, refusePlainOrigin, refuseWeakSecrets, StorageSettings } from '@pix/platform/settings.ts'
import { AddressSettings } from '@pix/platform/storefront-address.ts'
import { z } from 'zod'

/** A setting that may be missing; an empty one is missing. */
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess(value => (value === '' ? undefined : value), schema.optional())

/** `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. Options after `?` could switch TLS off. */
const SmtpUrl = z.string().refine(text => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, pathname, search, hash } = new URL(text)
  return /^smtps?:$/.test(protocol) && hostname !== '' && /^\/?$/.test(pathname) && search === '' && hash === ''
}, 'is smtp://user:password@host:port or smtps://…, with nothing behind it')

/** `imaps://user:password@host/mailbox`, or `imap://` where TLS begins later. Without a mailbox it is INBOX. */
const ImapUrl = z.string().refine(text => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, search, hash } = new URL(text)
  return /^imaps?:$/.test(protocol) && hostname !== '' && username !== '' && search === '' && hash === ''
}, 'is imaps://user:password@host:port/mailbox, with nothing behind it')

/** `Name <address>`, or the address alone. */
const Mailbox = z
  .string()
  .regex(/^(?:[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, 'is an address, or Name <address>')

type Given = { MODE: string; SMTP_URL?: string; MAIL_FROM?: string; MAIL_DIR?: string }
/** Checked even where other settings are wrong, so that a start shows all faults at once. */
const always = { when: () => true }
const isProduction = (given: unknown) => (given as Given).MODE === 'production'

/** The environment of the clerk. */
export const Settings = CommonSettings.extend(AddressSettings.shape)
  .extend(StorageSettings.shape)
  .extend({
    DATABASE_URL: z.string().min(1),
    REDIS_URL: z.string().min(1),
    /** Keys of the encrypted columns, as the api has them: what documents print is encrypted. */
    COLUMN_KEYS: ColumnKeysSetting,
    /** The mail server. Production needs one, and it has to speak TLS. */
    SMTP_URL: optional(SmtpUrl),
    /** The sender of letters; the part behind the `@` is in their Message-ID, too. */
    MAIL_FROM: optional(Mailbox),
    MAIL_REPLY_TO: optional(Mailbox),
    /** The address to which mail servers report what they could not deliver; without it the address of MAIL_FROM. */
    BOUNCE_ADDRESS: optional(z.string().regex(/^[^<>@\s]+@[^<>@\s]+$/, 'is an address')),
    /** The mailbox in which those messages arrive, of their own: what was read in it is marked as seen. */
    BOUNCE_IMAP_URL: optional(ImapUrl),
    /** Folder in which letters land where there is no mail server: in development only. */
    MAIL_DIR: optional(z.string().min(1)),
  })
  .refine(given => !isProduction(given) || Boolean(given?.SMTP_URL), {
    path: ['SMTP_URL'],
    message: 'is needed in production: letters leave by it',
    ...always,
  })
  .refine(given => !isProduction(given) || Boolean(given?.MAIL_FROM), {
    path: ['MAIL_FROM'],
    message: 'is needed in production: whom letters are from',
    ...always,
  })
  .refine(given => isProduction(given) || Boolean(given?.SMTP_URL ?? given?.MAIL_DIR), {
    path: ['MAIL_DIR'],
    message: 'is needed where there is no SMTP_URL',
    ...always,
  })
  .superRefine(refusePlainOrigin)
  .superRefine(refuseWeakColumnKeys)
  .superRefine(refuseWeakSecrets('STORAGE_SECRET_KEY', 'STORAGE_SIGNING_KEY'))
  .transform(given => ({ ...given, MAIL_FROM: given.MAIL_FROM ?? 'ThePixStock <no-reply@thepixstock.test>' }))
export type Settings = z.output<typeof Settings>
