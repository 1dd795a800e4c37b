import type { FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import type { Settings } from '../settings.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Against forged requests from other sites (spec/80): whoever writes with a cookie must come from our own origin, and
 * a missing one is refused. Without cookies nothing can be forged, so webhook and command line are not asked.
 */
export function requireOurOrigin(settings: Settings, request: FastifyRequest): void {
  if (SAFE.has(request.method) || request.headers.cookie === undefined) return
  const origin = request.headers.origin
  if (origin === settings.PUBLIC_ORIGIN || (origin !== undefined && settings.ALLOWED_ORIGINS.includes(origin))) return
  throw new Problem('origin_refused')
}
