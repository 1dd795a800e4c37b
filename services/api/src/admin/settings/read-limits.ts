import { MOST_CAMERA_LOGINS } from '@pix/contracts/cameras.ts'
import { CART_MOST } from '@pix/contracts/cart.ts'
import { FAVOURITES_MOST } from '@pix/contracts/favourites.ts'
import { type Limit, LIMIT_GROUPS, type Limits, SHOWN_LIMITS, type ShownLimit } from '@pix/contracts/limits.ts'
import { GIFT_DAYS, MOST_GIFT_DOWNLOADS, MOST_GIFTS } from '@pix/domain/gifts.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { Settings } from '../../settings.ts'
import { LINK_SECONDS } from '../../shop/orders/index.ts'

type Fixed = Exclude<ShownLimit, keyof Settings>

/** What no setting changes: the numbers by which the code itself goes. */
const FIXED: Record<Fixed, number> = {
  cameraLogins: MOST_CAMERA_LOGINS,
  cartPhotos: CART_MOST,
  favourites: FAVOURITES_MOST,
  originalLink: LINK_SECONDS.original,
  archiveLink: LINK_SECONDS.archive,
  archiveKept: KEPT.archiveDays,
  giftLinks: MOST_GIFTS,
  giftKept: GIFT_DAYS,
  giftDownloads: MOST_GIFT_DOWNLOADS,
}

const isFixed = (name: ShownLimit): name is Fixed => Object.hasOwn(FIXED, name)

/** The limits that this process goes by. */
export const readLimits = (settings: Settings): Limits => ({
  groups: LIMIT_GROUPS.map(group => ({ group, limits: limitsOf(SHOWN_LIMITS[group], settings) })),
})

const limitsOf = (group: Partial<Record<ShownLimit, Limit['unit']>>, settings: Settings): Limit[] =>
  (Object.keys(group) as ShownLimit[]).map(name => ({
    name,
    unit: group[name]!,
    ...(isFixed(name)
      ? { value: FIXED[name], usual: null }
      : { value: settings[name], usual: Settings.shape[name].parse(undefined) }),
  }))
