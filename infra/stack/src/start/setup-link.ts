import { connect } from '@pix/db/client.ts'
import { makeSetupLink } from '@pix/db/make-setup-link.ts'
import type { Stack } from './stack.ts'

/** A link as the api prints one at its start; null where the shop has an admin already. */
export async function setupLinkOf({ database, url }: Pick<Stack, 'database' | 'url'>): Promise<string | null> {
  const db = connect(database.app, { max: 1 })
  try {
    return await makeSetupLink(db, url, new Date())
  } finally {
    await db.$client.end()
  }
}
