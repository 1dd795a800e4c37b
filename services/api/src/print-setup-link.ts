import { makeSetupLink } from '@pix/db/make-setup-link.ts'
import type { Deps } from './base/deps.ts'

/**
 * Where there is no platform admin yet, prints the link by which one is made. Not by the log, which is kept and
 * collected: a link is a secret. Without it the api serves all the same; the next start prints another.
 */
export async function printSetupLink({ db, storefront, now, log }: Deps): Promise<void> {
  try {
    const link = await makeSetupLink(db, storefront.origin, now())
    if (link === null) return
    process.stderr.write(`\nThis installation has no admin yet. Set it up here, within a day:\n\n  ${link}\n\n`)
  } catch (error) {
    log.error({ err: error }, 'the setup link could not be made')
  }
}
