import type { PhotoMetadata } from '@pix/contracts/photo-facts.ts'
import { formatNumber } from '../../base/i18n/format.ts'

/** As photographers write it: `1/500 s · f/2.8 · ISO 3200 · 200 mm`; empty where the camera wrote none of it. */
export function exposureWords(exposure: NonNullable<PhotoMetadata['exposure']>): string {
  const { seconds, fNumber, iso, focalLength } = exposure
  return [
    seconds === null ? '' : shutterWords(seconds),
    fNumber === null ? '' : `f/${short(fNumber)}`,
    iso === null ? '' : `ISO ${iso}`,
    focalLength === null ? '' : `${short(focalLength)} mm`,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** From a third of a second on cameras count in seconds. */
const shutterWords = (seconds: number): string =>
  seconds < 0.3 ? `1/${Math.round(1 / seconds)} s` : `${short(seconds)} s`

const short = (value: number): string => formatNumber(value, Number.isInteger(Math.round(value * 10) / 10) ? 0 : 1)
