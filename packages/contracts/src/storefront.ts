import { z } from 'zod'
import type { Contract } from './contract.ts'
import { NoticeLine } from './notice-line.ts'
import { StudioLink } from './studios.ts'
import { SupportContacts } from './support.ts'

/** A studio as its storefront shows it. */
export const ShopOfStudio = StudioLink.extend({
  /** `suspended` and `closed` sell nothing; what was bought can be downloaded. */
  status: z.enum(['open', 'suspended', 'closed']),
  /** Path of its logo; null shows the name. */
  logoUrl: z.string().nullable(),
  /** `#rrggbb` of its main buttons; null is the platform's own colour. */
  accentColor: z.string().nullable(),
}).meta({ id: 'ShopOfStudio' })
export type ShopOfStudio = z.infer<typeof ShopOfStudio>

/** Which shop an address opens. */
export const Storefront = z
  .object({
    /** `unknown`: an address below the root domain that no studio has. */
    kind: z.enum(['marketplace', 'studio', 'unknown']),
    studio: ShopOfStudio.nullable(),
    /** Origin of the shop of all studios. */
    marketplace: z.string(),
    /** Where people who need help reach somebody. */
    contacts: SupportContacts,
    /** What goes on, or the maintenance that begins within a day. */
    notice: NoticeLine.nullable(),
  })
  .meta({ id: 'Storefront' })
export type Storefront = z.infer<typeof Storefront>

/** The address of a logo that is kept under this key, whose last part never names another picture. */
export const logoUrl = (studioId: string, key: string | null): string | null =>
  key === null ? null : `/media/studios/${studioId}/${key.split('/').at(-1)}`

export const readStorefront = {
  method: 'GET',
  url: '/storefront',
  config: { access: 'public', atAnyHost: true },
  schema: {
    summary: "Which shop the request's host opens: the marketplace, or that of one studio",
    tags: ['studios'],
    response: { 200: Storefront },
  },
} as const satisfies Contract
