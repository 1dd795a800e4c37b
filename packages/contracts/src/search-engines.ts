import type { UnlistedContract } from './contract.ts'

const file = (url: string) =>
  ({
    method: 'GET',
    url,
    config: { access: 'public', limit: 'default', root: true, atAnyHost: true },
    schema: { hide: true },
  }) as const satisfies UnlistedContract

/** What search engines may read, as text (RFC 9309). */
export const robotsFile = file('/robots.txt')
/** The addresses that they should list, as XML (sitemaps.org). */
export const sitemapFile = file('/sitemap.xml')
