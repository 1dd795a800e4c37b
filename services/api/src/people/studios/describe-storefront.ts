import { logoUrl, type Storefront as Described } from '@pix/contracts/storefront.ts'
import { OPEN_STUDIO_STATUSES, type StudioStatus } from '@pix/domain/words.ts'
import type { Deps } from '../../base/deps.ts'
import { readNoticeLine } from '../../base/notices.ts'
import type { Storefront } from '../../base/storefront.ts'
import { readContacts } from '../../base/support-contacts.ts'

/** What the storefront at an address shows a visitor about itself; null for an address that no studio has. */
export async function describeStorefront(
  ctx: Pick<Deps, 'db' | 'settings' | 'now'>,
  storefront: Storefront | null,
): Promise<Described> {
  const [contacts, notice] = await Promise.all([readContacts(ctx), readNoticeLine(ctx)])
  const common = { marketplace: ctx.settings.PUBLIC_ORIGIN, contacts, notice }
  if (storefront === null) return { kind: 'unknown', studio: null, ...common }
  const { studio } = storefront
  if (studio === null) return { kind: 'marketplace', studio: null, ...common }
  const { id, slug, nameTh, nameEn, logo, accentColor } = studio
  return {
    kind: 'studio',
    studio: {
      id,
      slug,
      name: { th: nameTh, en: nameEn },
      status: statusOf(studio.status),
      logoUrl: logoUrl(id, logo),
      accentColor,
    },
    ...common,
  }
}

function statusOf(status: StudioStatus): 'open' | 'suspended' | 'closed' {
  if (OPEN_STUDIO_STATUSES.includes(status)) return 'open'
  return status === 'closed' ? 'closed' : 'suspended'
}
