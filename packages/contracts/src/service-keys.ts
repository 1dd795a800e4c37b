import { SERVICE_KEY_SCOPES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Password } from './accounts.ts'
import { Id, IdParams, Instant, Nothing, page, PageQuery, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

const Scopes = z
  .array(z.enum(SERVICE_KEY_SCOPES))
  .min(1)
  .max(SERVICE_KEY_SCOPES.length)
  .refine(scopes => new Set(scopes).size === scopes.length, 'names a scope twice')

export const KEY_NAME_LENGTH = 80
/** For how many days a key may be good. */
export const KEY_DAYS = { least: 1, most: 365 } as const

/** A key without the secret part, which is shown once. */
export const ServiceKey = z
  .object({
    id: Id,
    name: z.string(),
    scopes: z.array(z.enum(SERVICE_KEY_SCOPES)),
    /** Who made it; null once their account is gone, and the key with it. */
    madeBy: z.string().nullable(),
    createdAt: Instant,
    expiresAt: Instant,
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'ServiceKey' })
export type ServiceKey = z.infer<typeof ServiceKey>

export const listServiceKeys = {
  method: 'GET',
  url: '/service-keys',
  config: { access: 'owner' },
  schema: {
    summary: 'Service keys of a studio, or of the platform where none is named, newest first (createdAt, id)',
    tags: ['service keys'],
    querystring: PageQuery.extend({ studio: Id.optional() }),
    response: { 200: page(ServiceKey), 404: problem('not_found') },
  },
} as const satisfies Contract

export const makeServiceKey = {
  method: 'POST',
  url: '/service-keys',
  config: { access: 'owner', limit: 'login' },
  schema: {
    summary:
      'Make a service key. `key` is shown this once: a machine sends it as `Authorization: Bearer …`. It may no more than who made it still may, and ends with their place in the studio',
    tags: ['service keys'],
    body: z.strictObject({
      /** Null is the platform. */
      studioId: Id.nullable(),
      name: Text.trim().min(1).max(KEY_NAME_LENGTH),
      scopes: Scopes,
      days: z.int().min(KEY_DAYS.least).max(KEY_DAYS.most),
      /** Asked again where the account has one. */
      password: Password.optional(),
    }),
    response: {
      201: ServiceKey.extend({ key: z.string() }),
      404: problem('not_found'),
      422: problem('wrong_password'),
      429: problem('account_locked'),
    },
  },
} as const satisfies Contract

export const revokeServiceKey = {
  method: 'DELETE',
  url: '/service-keys/:id',
  config: { access: 'owner' },
  schema: {
    summary: 'End a service key at once',
    tags: ['service keys'],
    params: IdParams,
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract
