import { ACCENT, accentFault } from '@pix/domain/accent.ts'
import { LOGO_FAULTS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Password } from './accounts.ts'
import { Id, IdParams, LocalText, Text } from './common.ts'
import { Bytes, type Contract, problem } from './contract.ts'
import { ManagedStudio, StudioName } from './studios.ts'

/** How a studio looks, where its shop is, and which gateway takes its money. */
export const StudioSettings = z
  .object({
    name: LocalText,
    /** `#rrggbb`; null is the platform's own colour. */
    accentColor: z.string().nullable(),
    logo: z.object({
      /** Path of the picture; null shows the name. */
      url: z.string().nullable(),
      /** An uploaded picture waits to be read. */
      isComing: z.boolean(),
      /** Why the last upload did not become the logo. */
      fault: z.enum(LOGO_FAULTS).nullable(),
    }),
    /** Origin of its storefront. */
    address: z.string(),
    /** The gateways of this installation; the first takes the money where the studio has chosen none. */
    gateways: z.array(z.string()),
    gateway: z.string().nullable(),
    /** The platform's own studio is never closed. */
    isHouse: z.boolean(),
  })
  .meta({ id: 'StudioSettings' })
export type StudioSettings = z.infer<typeof StudioSettings>

export const readStudioSettings = {
  method: 'GET',
  url: '/studios/:id/settings',
  config: { access: 'manager' },
  schema: {
    summary: 'How a studio looks, where its shop is, and what takes its money',
    tags: ['studios'],
    params: IdParams,
    response: { 200: StudioSettings, 404: problem('not_found') },
  },
} as const satisfies Contract

/** A colour of buttons on which black or white text can be read. */
const AccentColor = z
  .string()
  .max(7)
  .regex(ACCENT, 'is no colour #rrggbb')
  .refine(color => accentFault(color) === null, 'is no colour #rrggbb on which text can be read (WCAG: 4.5)')

export const changeStudioLook = {
  method: 'PUT',
  url: '/studios/:id/look',
  config: { access: 'manager' },
  schema: {
    summary: "Change a studio's names and the colour of its shop's buttons",
    tags: ['studios'],
    params: IdParams,
    body: z.strictObject({
      name: z.strictObject({ th: StudioName, en: StudioName }),
      accentColor: AccentColor.nullable(),
    }),
    response: { 200: StudioSettings, 404: problem('not_found') },
  },
} as const satisfies Contract

export const chooseGateway = {
  method: 'PUT',
  url: '/studios/:id/gateway',
  config: { access: 'owner' },
  schema: {
    summary: 'Choose the gateway that takes the money of new payments; null is the first of the installation',
    tags: ['studios'],
    params: IdParams,
    body: z.strictObject({ gateway: Text.min(1).max(40).nullable() }),
    response: { 200: StudioSettings, 404: problem('not_found') },
  },
} as const satisfies Contract

export const LOGO_MAX_BYTES = 2_000_000

export const uploadLogo = {
  method: 'POST',
  url: '/studios/:id/logo',
  config: { access: 'manager', form: { texts: [], file: 'logo', most: 1 } },
  schema: {
    summary:
      'A PNG, JPEG or WebP of at most 2 MB for the logo; it is read a moment later, and the settings say what came of it',
    tags: ['studios'],
    params: IdParams,
    response: {
      202: StudioSettings,
      404: problem('not_found'),
      413: problem('file_too_large'),
      415: problem('not_an_image', 'unsupported_media_type'),
      422: problem('no_file', 'empty_file'),
    },
  },
} as const satisfies Contract

export const removeLogo = {
  method: 'DELETE',
  url: '/studios/:id/logo',
  config: { access: 'manager' },
  schema: {
    summary: 'Show the name instead of a logo',
    tags: ['studios'],
    params: IdParams,
    response: { 200: StudioSettings, 404: problem('not_found') },
  },
} as const satisfies Contract

/** A logo, at the address that `logoUrl()` makes. */
export const getLogo = {
  method: 'GET',
  url: '/media/studios/:id/:file',
  config: { access: 'public', limit: 'media', root: true },
  schema: {
    summary: "A studio's logo as PNG",
    tags: ['studios'],
    produces: ['image/png'],
    params: z.strictObject({
      id: Id,
      file: z
        .string()
        .max(40)
        .regex(/^[0-9a-f-]{36}\.png$/),
    }),
    response: { 200: Bytes },
  },
} as const satisfies Contract

export const closeStudio = {
  method: 'POST',
  url: '/studios/:id/close',
  config: { access: 'owner', limit: 'login' },
  schema: {
    summary:
      "Close one's own studio, as `PUT /studios/{id}/status` does; only the platform opens it again. The platform's own studio and a suspended one answer `illegal_state`",
    tags: ['studios'],
    params: IdParams,
    body: z.strictObject({
      /** Asked again where the account has one. */
      password: Password.optional(),
    }),
    response: {
      200: ManagedStudio,
      404: problem('not_found'),
      409: problem('illegal_state'),
      422: problem('wrong_password'),
      429: problem('account_locked'),
    },
  },
} as const satisfies Contract
