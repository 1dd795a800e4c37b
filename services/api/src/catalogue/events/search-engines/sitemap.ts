import { events } from '@pix/db/schema/events.ts'
import { desc } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { seenInLists } from '../visibility.ts'

/** What one file may hold (sitemaps.org). Older events are found by their links. */
const MOST_ADDRESSES = 50_000

/** Pages of the shop that anybody may find, beside its events. */
const PAGES = ['/', '/join', '/help', '/privacy', '/terms']

/** The sitemap of the storefront that was asked: its pages and its public events that are on sale or closed. */
export async function readSitemap(ctx: Context): Promise<string> {
  const listed = await ctx.db
    .select({ slug: events.slug })
    .from(events)
    .where(seenInLists(ctx))
    .orderBy(desc(events.startsAt), desc(events.id))
    .limit(MOST_ADDRESSES - PAGES.length)
  const paths = [...PAGES, ...listed.map(({ slug }) => `/events/${encodeURIComponent(slug)}`)]
  return renderSitemap(paths.map(path => ctx.storefront.origin + path))
}

/**
 * The addresses hold no character to which XML gives a meaning: each is an origin and a path of letters, digits and
 * hyphens.
 */
const renderSitemap = (addresses: readonly string[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...addresses.map(address => `  <url><loc>${address}</loc></url>`),
    '</urlset>',
    '',
  ].join('\n')
