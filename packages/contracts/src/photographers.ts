import { z } from 'zod'
import { Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** The least and the greatest length of the last part of a portfolio's address. */
export const PORTFOLIO_SLUG = { least: 3, most: 40 }
export const PORTFOLIO_NAME_MOST = 80
export const PORTFOLIO_ABOUT_MOST = 600

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Whether a text may be the last part of a portfolio's address. */
export const isPortfolioSlug = (text: string): boolean =>
  text.length >= PORTFOLIO_SLUG.least && text.length <= PORTFOLIO_SLUG.most && SLUG.test(text)

/** What a photographer says of themselves on `/p/<slug>`. */
export const Portfolio = z
  .object({
    slug: z.string(),
    /** As the public knows them. */
    name: z.string(),
    about: z.string(),
    /** The public sees the page. */
    shown: z.boolean(),
  })
  .meta({ id: 'Portfolio' })
export type Portfolio = z.infer<typeof Portfolio>

export const readOwnPortfolio = {
  method: 'GET',
  url: '/photographer/me/profile',
  config: { access: 'photographer' },
  schema: {
    summary: 'The caller’s own public page; null while they have made none',
    tags: ['photographers'],
    response: { 200: z.object({ portfolio: Portfolio.nullable() }) },
  },
} as const satisfies Contract

export const changeOwnPortfolio = {
  method: 'PUT',
  url: '/photographer/me/profile',
  config: { access: 'photographer' },
  schema: {
    summary: 'Make or change the caller’s own public page. Nobody sees it unless it is shown',
    tags: ['photographers'],
    body: z.strictObject({
      slug: z.string().min(PORTFOLIO_SLUG.least).max(PORTFOLIO_SLUG.most).regex(SLUG),
      name: Text.trim()
        .min(1)
        .max(PORTFOLIO_NAME_MOST)
        .refine(name => /[\p{L}\p{N}]/u.test(name), 'has no letter'),
      about: Text.trim().max(PORTFOLIO_ABOUT_MOST),
      shown: z.boolean(),
    }),
    response: { 200: z.object({ portfolio: Portfolio }), 409: problem('portfolio_slug_taken') },
  },
} as const satisfies Contract

/** A photographer's public page. Their events are listed by `listEvents` with `photographer`. */
export const PublicPortfolio = z
  .object({
    slug: z.string(),
    name: z.string(),
    about: z.string(),
    /** Public events with photos of theirs on sale, and how many photos these are. */
    eventCount: z.int(),
    photoCount: z.int(),
  })
  .meta({ id: 'PublicPortfolio' })
export type PublicPortfolio = z.infer<typeof PublicPortfolio>

export const readPortfolio = {
  method: 'GET',
  url: '/photographers/:slug',
  config: { access: 'public' },
  schema: {
    summary: 'The public page of a photographer who shows one',
    tags: ['photographers'],
    params: z.strictObject({ slug: Text.max(120) }),
    response: { 200: PublicPortfolio, 404: problem('not_found') },
  },
} as const satisfies Contract
