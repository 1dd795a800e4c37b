import { isIP } from 'node:net'
import { z } from 'zod'

/** Where people open the shop: of every program that writes its addresses. */
export const AddressSettings = z.object({
  /** Origin under which people open the shop, e.g. `https://thepixstock.example`: the marketplace. */
  PUBLIC_ORIGIN: z.url().transform(text => new URL(text).origin),
  /** The domain below which each studio has its storefront, e.g. `thepixstock.example`; else the host of PUBLIC_ORIGIN. */
  ROOT_DOMAIN: z.preprocess(
    value => (value === '' ? undefined : value),
    z
      .string()
      .toLowerCase()
      .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'is a domain, without a port')
      .optional(),
  ),
})
type Addresses = Pick<z.output<typeof AddressSettings>, 'PUBLIC_ORIGIN'> & { ROOT_DOMAIN?: string | undefined }

/** Null where the shop is opened by an IP address: nothing can be below it. */
function rootDomain({ PUBLIC_ORIGIN, ROOT_DOMAIN }: Addresses): string | null {
  if (ROOT_DOMAIN !== undefined) return ROOT_DOMAIN
  const { hostname } = new URL(PUBLIC_ORIGIN)
  return hostname.startsWith('[') || isIP(hostname) !== 0 ? null : hostname
}

/** Origin of a studio's storefront; the marketplace's where there can be no storefronts. */
export function storefrontOrigin(settings: Addresses, slug: string): string {
  const root = rootDomain(settings)
  if (root === null) return settings.PUBLIC_ORIGIN
  const { protocol, port } = new URL(settings.PUBLIC_ORIGIN)
  return `${protocol}//${slug}.${root}${port && `:${port}`}`
}

/**
 * What a request's `Host` has before the root domain. Its port says nothing: a proxy may leave it out.
 *
 * @returns null for the marketplace, and for every host that is not below the root domain
 */
export function labelOfHost(settings: Addresses, host: string | undefined): string | null {
  const name = nameOf(host)
  const root = rootDomain(settings)
  if (root === null || name === new URL(settings.PUBLIC_ORIGIN).hostname || !name.endsWith(`.${root}`)) return null
  return name.slice(0, -root.length - 1)
}

const nameOf = (host: string | undefined): string => (host ?? '').toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')

/** The root domain itself, where the shop is opened under another host. */
export const isBareRoot = (settings: Addresses, host: string | undefined): boolean =>
  nameOf(host) === rootDomain(settings) && nameOf(host) !== new URL(settings.PUBLIC_ORIGIN).hostname

/** Its storefront would be where the marketplace is. */
export const isMarketplaceLabel = (settings: Addresses, label: string): boolean =>
  `${label}.${rootDomain(settings)}` === new URL(settings.PUBLIC_ORIGIN).hostname
