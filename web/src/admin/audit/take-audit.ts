import { type AUDIT_FORMATS, exportAudit } from '@pix/contracts/audit.ts'
import { authHeaders, renewSignIn } from '../../base/api.ts'
import { saveFile } from '../../base/save-file.ts'
import type { AuditFilters } from './filters.ts'

export type AuditFormat = (typeof AUDIT_FORMATS)[number]

/** Saves every line that fits the filters as a file. */
export async function takeAudit(format: AuditFormat, filters: AuditFilters): Promise<void> {
  // A download does not renew an access token that has expired.
  await renewSignIn()
  const query = new URLSearchParams({ format, ...(filters as Record<string, string>) })
  const answer = await fetch(`/api${exportAudit.url}?${query}`, { headers: authHeaders() })
  if (!answer.ok) throw new Error(`the export answered ${answer.status}`)
  const blob = await answer.blob()
  saveFile(`audit.${format}`, blob, blob.type)
}
