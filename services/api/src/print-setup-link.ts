import { makeSetupLink } from '@pix/db/make-setup-link.ts'
import type { Deps } from './base/deps.ts'

/**
 * Where there is no platform admin yet, prints the link by which the first one is made. It is not logged, since logs
 * are kept and collected, and the link is a secret. When this fails the api serves all the same; the next start prints
 * another link.
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
