import type { FastifyRequest } from 'fastify'
import { Problem } from '../base/problem.ts'
import type { Settings } from '../settings.ts'
import { factsOf } from './route-facts.ts'
import { storefrontOf } from './storefront.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses forged requests from other sites (spec/80). A write with a cookie must come from the storefront that it goes
 * to; without an `Origin` it is refused. For browsers all storefronts are one site (SameSite), so this alone keeps them
 * apart. A request without cookies, such as a webhook's or the command line's, is not asked for its origin, except
 * where it would begin a visitor's session. There a browser that names another site is refused: its form comes without
 * our cookie (SameSite), and a new session in place of the old one would take a guest's cart and paid downloads away.
 */
export function requireOurOrigin(settings: Settings, request: FastifyRequest): void {
  if (SAFE.has(request.method)) return
  const { origin, cookie } = request.headers
  const mustBeOurs = cookie !== undefined || (origin !== undefined && factsOf(request).access === 'session')
  if (!mustBeOurs || origin === storefrontOf(request)?.origin) return
  if (origin !== undefined && settings.ALLOWED_ORIGINS.includes(origin)) return
  throw new Problem('origin_refused')
}
