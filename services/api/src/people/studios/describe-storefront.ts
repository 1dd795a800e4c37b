import { logoUrl, type Storefront as Described } from '@pix/contracts/storefront.ts'
import { OPEN_STUDIO_STATUSES, type StudioStatus } from '@pix/domain/words.ts'
import type { Storefront } from '../../base/storefront.ts'
import type { Settings } from '../../settings.ts'

/** What a visitor is told of where they are; null is an address that no studio has. */
export function describeStorefront(
  { PUBLIC_ORIGIN }: Pick<Settings, 'PUBLIC_ORIGIN'>,
  storefront: Storefront | null,
): Described {
  const marketplace = PUBLIC_ORIGIN
  if (storefront === null) return { kind: 'unknown', studio: null, marketplace }
  const { studio } = storefront
  if (studio === null) return { kind: 'marketplace', studio: null, marketplace }
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
    marketplace,
  }
}

function statusOf(status: StudioStatus): 'open' | 'suspended' | 'closed' {
  if (OPEN_STUDIO_STATUSES.includes(status)) return 'open'
  return status === 'closed' ? 'closed' : 'suspended'
}
