import { z } from 'zod'
import type { Contract } from './contract.ts'

export const LIMIT_UNITS = ['count', 'bytes', 'pixels', 'side', 'seconds', 'hours', 'days', 'baht'] as const
export type LimitUnit = (typeof LIMIT_UNITS)[number]

/**
 * The limits in force, as they are shown: by what they are about, each with its unit. A name in capitals is a setting of the
 * api, which says its number; any other is fixed in the code.
 */
export const SHOWN_LIMITS = {
  requests: {
    LIMIT_REQUESTS_PER_MINUTE: 'count',
    LIMIT_IP_REQUESTS_PER_MINUTE: 'count',
    LIMIT_MEDIA_PER_MINUTE: 'count',
    LIMIT_IP_MEDIA_PER_MINUTE: 'count',
    LIMIT_OPEN_STREAMS: 'count',
    LIMIT_IP_OPEN_STREAMS: 'count',
    LIMIT_IP_WEBHOOKS_PER_MINUTE: 'count',
  },
  accounts: {
    LIMIT_LOGINS_PER_MINUTE: 'count',
    LIMIT_IP_LOGINS_PER_MINUTE: 'count',
    LIMIT_LETTERS_PER_HOUR: 'count',
    LIMIT_ADDRESS_LETTERS_PER_HOUR: 'count',
    LIMIT_INVITATIONS_PER_HOUR: 'count',
  },
  faces: {
    LIMIT_SEARCHES_PER_MINUTE: 'count',
    LIMIT_IP_SEARCHES_PER_MINUTE: 'count',
    LIMIT_PEOPLE_PER_DAY: 'count',
    LIMIT_IP_PEOPLE_PER_HOUR: 'count',
    SELFIE_MAX_BYTES: 'bytes',
    SELFIE_MAX_PIXELS: 'pixels',
  },
  uploads: {
    UPLOAD_MAX_BYTES: 'bytes',
    UPLOAD_MAX_PIXELS: 'pixels',
    UPLOAD_MIN_SIDE: 'side',
    LIMIT_UPLOADS_PER_HOUR: 'count',
    LIMIT_UPLOAD_BATCHES_PER_HOUR: 'count',
    LIMIT_CHUNKS_PER_MINUTE: 'count',
    LIMIT_IP_CHUNKS_PER_MINUTE: 'count',
    LIMIT_UNFINISHED_UPLOADS: 'count',
    cameraLogins: 'count',
  },
  buying: {
    cartPhotos: 'count',
    favourites: 'count',
    UNLIMITED_CAP: 'count',
    LIMIT_COUPONS_PER_HOUR: 'count',
    LIMIT_IP_COUPONS_PER_HOUR: 'count',
    LIMIT_PAYMENTS_PER_HOUR: 'count',
    LIMIT_IP_PAYMENTS_PER_HOUR: 'count',
    LIMIT_SLIPS_PER_HOUR: 'count',
    LIMIT_IP_SLIPS_PER_HOUR: 'count',
  },
  downloads: {
    DOWNLOAD_DAYS: 'days',
    originalLink: 'seconds',
    archiveLink: 'seconds',
    archiveKept: 'days',
    LIMIT_IP_ORDER_CODES_PER_HOUR: 'count',
    LIMIT_IP_ORDER_TRIES_PER_HOUR: 'count',
    giftLinks: 'count',
    giftKept: 'days',
    giftDownloads: 'count',
  },
  events: {
    LIMIT_CODE_TRIES_PER_HOUR: 'count',
    LIMIT_POSTERS_PER_HOUR: 'count',
    LIMIT_TAKEDOWNS_PER_HOUR: 'count',
    LIMIT_IP_TAKEDOWNS_PER_HOUR: 'count',
    FACES_KEPT_DAYS: 'days',
    EVENTS_KEPT_DAYS: 'days',
    LETTERS_KEPT_DAYS: 'days',
  },
  money: {
    PAYOUT_HOLDING_DAYS: 'days',
    PAYOUT_LEAST_BAHT: 'baht',
    PAYEE_ACCOUNT_WAIT_HOURS: 'hours',
    MANAGER_REFUND_BAHT: 'baht',
    WITHHOLDING_FROM_BAHT: 'baht',
  },
} as const satisfies Record<string, Record<string, LimitUnit>>

type Groups = typeof SHOWN_LIMITS
export type LimitGroup = keyof Groups
export type ShownLimit = { [G in LimitGroup]: keyof Groups[G] }[LimitGroup]

export const LIMIT_GROUPS = Object.keys(SHOWN_LIMITS) as LimitGroup[]
const NAMES = Object.values(SHOWN_LIMITS).flatMap(group => Object.keys(group)) as ShownLimit[]

const Limit = z.object({
  name: z.enum(NAMES),
  unit: z.enum(LIMIT_UNITS),
  value: z.int(),
  /** What a setting is where the environment says nothing; null where the number is fixed in the code. */
  usual: z.int().nullable(),
})
export type Limit = z.infer<typeof Limit>

export const Limits = z
  .object({ groups: z.array(z.object({ group: z.enum(LIMIT_GROUPS), limits: z.array(Limit) })) })
  .meta({ id: 'Limits' })
export type Limits = z.infer<typeof Limits>

export const readLimits = {
  method: 'GET',
  url: '/admin/limits',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'The limits in force, as the answering program read them from its environment at its start',
    tags: ['admin'],
    response: { 200: Limits },
  },
} as const satisfies Contract
