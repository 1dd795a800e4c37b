import type { UnlimitedRules } from '@pix/domain/cover-by-search.ts'
import type { Settings } from '../../settings.ts'

/** What one Unlimited pays for in this installation. */
export const unlimitedRules = (settings: Settings): UnlimitedRules => ({
  extraPercent: settings.UNLIMITED_EXTRA_PERCENT,
  extraMin: settings.UNLIMITED_EXTRA_MIN,
  extraMax: settings.UNLIMITED_EXTRA_MAX,
  cap: settings.UNLIMITED_CAP,
})
