import type { Audience } from './answers.ts'
import { AUDIENCES as may } from './answers.ts'

/** How events do, who takes their photos, and who gets reports. */
export const CREW: Readonly<Record<string, Audience>> = {
  'GET /api/photographer/me/profile': may.photographersList,
  'PUT /api/photographer/me/profile': may.photographersList,
  'GET /api/me/letters': may.signedIn,
  'PUT /api/me/letters': may.signedIn,
  'POST /api/letters/stop': may.everybody,
  'GET /api/letters/stop': may.everybody,
  'GET /api/photographers/:slug': may.everybody,
  'GET /api/events/:id/statistics': may.organizer,
  'POST /api/events/:id/visits': may.everybodyOnAny,
  'GET /api/reports/choice': may.managersList,
  'PUT /api/reports/choice': may.managersList,
}
