import type { FastifyRequest } from 'fastify'
import { Problem } from '../base/problem.ts'
import type { Settings } from '../settings.ts'
import { factsOf } from './route-facts.ts'
import { storefrontOf } from './storefront.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Against forged requests from other sites (spec/80): a write with a cookie must come from the storefront that it goes to, and
 * a missing one is refused. Browsers take one storefront for the same site as the next (SameSite), so this alone keeps them apart. Without cookies webhook and command line are not asked; but a browser that names another
 * site is refused where a visitor's session would begin: a form posted to us from there comes without our cookie
 * (SameSite), and a new session over the old one would take a guest's cart and paid downloads away.
 */
export function requireOurOrigin(settings: Settings, request: FastifyRequest): void {
  if (SAFE.has(request.method)) return
  const { origin, cookie } = request.headers
  const mustBeOurs = cookie !== undefined || (origin !== undefined && factsOf(request).access === 'session')
  if (!mustBeOurs || origin === storefrontOf(request)?.origin) return
  if (origin !== undefined && settings.ALLOWED_ORIGINS.includes(origin)) return
  throw new Problem('origin_refused')
}
