import { z } from 'zod'
import { IdParams } from './common.ts'
import { Bytes, type Contract, problem, type UnlistedContract } from './contract.ts'

export const ShareKit = z
  .object({
    /** The short address that leads to the event's page. */
    link: z.string(),
    /** The QR of that address as SVG. */
    qr: z.string(),
  })
  .meta({ id: 'ShareKit' })
export type ShareKit = z.infer<typeof ShareKit>

export const getShareKit = {
  method: 'GET',
  url: '/events/:id/share-kit',
  config: { access: 'organizer' },
  schema: {
    summary: 'The short address of an event and its QR code, for its organizer and its managers',
    tags: ['events'],
    params: IdParams,
    /** None while the event is planned: its address may still change. */
    response: { 200: z.object({ kit: ShareKit.nullable() }), 404: problem('not_found') },
  },
} as const satisfies Contract

export const getPoster = {
  method: 'GET',
  url: '/events/:id/poster',
  config: { access: 'organizer', limit: 'poster' },
  schema: {
    summary:
      'A poster of an event in both languages as PDF, A4, for its organizer and who manages it; none while it is planned',
    tags: ['events'],
    produces: ['application/pdf'],
    params: IdParams,
    response: { 200: Bytes, 404: problem('not_found') },
  },
} as const satisfies Contract

/** The short address of an event, as posters print it. */
export const shortLink = {
  method: 'GET',
  url: '/e/:slug',
  config: { access: 'public', limit: 'default', root: true, atAnyHost: true },
  schema: { hide: true },
} as const satisfies UnlistedContract
