import type { Audience } from './answers.ts'
import { AUDIENCES as may } from './answers.ts'

/** What machines ask for, and the pages of the document. */
export const MACHINES: Readonly<Record<string, Audience>> = {
  'GET /api/revenue/photographers': may.managersListOrKey,
  'GET /api/revenue/ledger': may.ownersListOrKey,
  'GET /api/revenue/ledger/export': may.ownersListOrKey,

  'POST /api/hooks/camera/sign-in': may.everybody,
  'POST /api/hooks/camera/upload': may.everybody,

  'GET /healthz': may.everybody,
  'GET /readyz': may.everybody,
  'GET /robots.txt': may.everybody,
  'GET /sitemap.xml': may.everybody,
  'GET /manifest.webmanifest': may.everybody,
  'GET /e/:slug': may.everybody,
  'GET /api/healthz': may.everybody,
  'GET /api/readyz': may.everybody,
  'GET /api/openapi.json': may.everybody,
  'GET /api/docs': may.everybody,
  'HEAD /api/docs/': may.everybody,
  'GET /api/docs/json': may.everybody,
  'GET /api/docs/yaml': may.everybody,
  'GET /api/docs/static/*': may.everybody,
  'GET /api/docs/static/index.html': may.everybody,
  'GET /api/docs/static/swagger-initializer.js': may.everybody,
}
