import type { Audience } from './answers.ts'
import { AUDIENCES as may } from './answers.ts'

/** Payouts, corrections by hand, and what gateways, receipts and ledger say. */
export const PAYOUTS: Readonly<Record<string, Audience>> = {
  'GET /api/me/payees/:party': may.signedIn,
  'PUT /api/me/payees/:party/:id': may.payee,
  'GET /api/me/payouts/:party': may.signedIn,
  'GET /api/me/payouts/:party/:id/certificate': may.payee,
  'GET /api/admin/payouts/payable': may.owner,
  'PUT /api/admin/payouts/terms': may.owner,
  'GET /api/admin/adjustments': may.owner,
  'GET /api/admin/adjustments/accounts': may.owner,
  'POST /api/admin/adjustments': may.adminOnAny,
  'GET /api/admin/payouts': may.owner,
  'POST /api/admin/payouts': may.owner,
  'GET /api/admin/payouts/:id': may.owner,
  'DELETE /api/admin/payouts/:id': may.owner,
  'POST /api/admin/payouts/:id/approve': may.adminOnAny,
  'POST /api/admin/payouts/:id/file': may.adminOnAny,
  'POST /api/admin/payouts/:id/paid': may.adminOnAny,
  'POST /api/admin/payout-lines/:id/bounced': may.adminOnAny,
  'GET /api/studios/:id/withholding': may.owner,
  'POST /api/admin/inbox/difference/:id/end': may.adminOnAny,
  'GET /api/admin/reconciliations': may.admin,
  'POST /api/admin/reconciliations': may.admin,
  'GET /api/admin/differences': may.admin,
  'GET /api/admin/settlements': may.admin,
  'GET /api/admin/settlements/expected': may.admin,
  'POST /api/admin/settlements': may.admin,
}
