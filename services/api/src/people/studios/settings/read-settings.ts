import { logoUrl } from '@pix/contracts/storefront.ts'
import type { StudioSettings } from '@pix/contracts/studio-settings.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { storefrontOrigin } from '@pix/platform/storefront-address.ts'
import type { CallerContext } from '../../../base/context.ts'
import { findOwnStudio, type StudioRow } from '../find-own-studio.ts'
import { inStudio, MANAGERS } from '../in-studio.ts'

/** @throws Problem `not_found` unless the caller manages the studio */
export const readSettings = (ctx: CallerContext, studioId: string): Promise<StudioSettings> =>
  inStudio(ctx, studioId, MANAGERS, async staff => {
    const { studio } = await findOwnStudio(staff, studioId, MANAGERS)
    return describeSettings(ctx, studio)
  })

/** How the settings of a studio are shown. */
export function describeSettings(
  { settings, gateways }: Pick<CallerContext, 'settings' | 'gateways'>,
  studio: StudioRow,
): StudioSettings {
  const { id, slug, nameTh, nameEn, logo, logoUpload, logoFault, accentColor, gateway } = studio
  return {
    name: { th: nameTh, en: nameEn },
    accentColor,
    logo: { url: logoUrl(id, logo), isComing: logoUpload !== null, fault: logoFault },
    address: storefrontOrigin(settings, slug),
    gateways: [...gateways.keys()],
    gateway: gateway !== null && gateways.has(gateway) ? gateway : null,
    isHouse: id === HOUSE_STUDIO,
  }
}
