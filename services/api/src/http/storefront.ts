import { isReservedLabel, isStudioSlug } from '@pix/contracts/studios.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { isBareRoot, labelOfHost, storefrontOrigin } from '@pix/platform/storefront-address.ts'
import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { Deps } from '../base/deps.ts'
import type { Storefront } from '../base/storefront.ts'
import type { Settings } from '../settings.ts'

/** A change of a studio is seen after this long at the latest, by every process. */
const KEPT_MS = 3_000
/** Labels kept in memory. Each further label costs one query. */
const MOST_KEPT = 1_000

const STOREFRONT = 'storefront'

/**
 * Finds the storefront of a request by its `Host` alone: headers by which a proxy or a client names another host are
 * not asked. A host that names no studio below the root domain belongs to no storefront.
 *
 * @returns a function that answers null for a label that no studio has
 */
export function createStorefronts(deps: Pick<Deps, 'db' | 'settings' | 'storefront' | 'now'>) {
  const kept = new Map<string, { until: number; found: Promise<Storefront | null> }>()

  return async (host: string | undefined): Promise<Storefront | null> => {
    const label = labelOfHost(deps.settings, host)
    if (label === null || isReservedLabel(label)) return deps.storefront
    const now = deps.now().getTime()
    const known = kept.get(label)
    if (known && now < known.until) return known.found
    if (kept.size >= MOST_KEPT) kept.clear()
    const found = findStorefront(deps, label)
    kept.set(label, { until: now + KEPT_MS, found })
    found.catch(() => kept.get(label)?.found === found && kept.delete(label))
    return found
  }
}

/** The storefront of the studio with this slug; null where none has it. */
export async function findStorefront(
  { db, settings }: Pick<Deps, 'db' | 'settings'>,
  slug: string,
): Promise<Storefront | null> {
  if (!isStudioSlug(slug)) return null
  const [studio] = await db.select().from(studios).where(eq(studios.slug, slug))
  return studio ? { origin: storefrontOrigin(settings, studio.slug), studio } : null
}

/** Remembers where a request is. */
export const setStorefront = (request: FastifyRequest, storefront: Storefront | null): void =>
  request.setDecorator(STOREFRONT, storefront)

/** Where a request is; null at an address below the root domain that no studio has. */
export const storefrontOf = (request: FastifyRequest): Storefront | null =>
  request.getDecorator<Storefront | null>(STOREFRONT)

/**
 * The page's address at the marketplace's own origin, where it was opened at the root domain or at a reserved label
 * below it: browsers may write only at that origin.
 *
 * @returns null for every other host
 */
export function marketplaceAddress(
  settings: Settings,
  { headers: { host }, url }: Pick<FastifyRequest, 'headers' | 'url'>,
): string | null {
  const label = labelOfHost(settings, host)
  if (label === null ? !isBareRoot(settings, host) : !isReservedLabel(label)) return null
  // Where an address names a host, only its path and query are taken.
  const { pathname, search } = new URL(url, settings.PUBLIC_ORIGIN)
  return `${settings.PUBLIC_ORIGIN}${pathname}${search}`
}
