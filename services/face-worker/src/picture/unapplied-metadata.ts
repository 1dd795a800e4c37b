import type { Metadata } from 'sharp'
import { readHeif } from './heif-properties.ts'
import { ADOBE_RGB, type ColourSpace, DISPLAY_P3, iccProfile, REC_2020 } from './icc-profile.ts'
import { readTiff, TAG } from './tiff-directories.ts'

/** What a file says of its pixels and sharp does not apply by itself. */
export interface UnappliedMetadata {
  /** The profile to read their colours by; null where sharp knows it, or they are sRGB. */
  icc: Buffer | null
  /** As EXIF numbers them, 1 to 8; 1 where the pixels are upright already. */
  orientation: number
}

export function readUnapplied(bytes: Buffer, metadata: Metadata, exif: Buffer | null): UnappliedMetadata {
  if (metadata.format === 'heif') return readHeifs(bytes, metadata, exif)
  const isAdobe = metadata.icc === undefined && metadata.format === 'jpeg' && interopOf(exif) === 'R03'
  return { icc: isAdobe ? iccProfile(ADOBE_RGB) : null, orientation: 1 }
}

/** Transfer curves that are near enough to that of sRGB; those of HDR (16, 18) are not. */
const USUAL_CURVES = new Set([1, 2, 6, 13, 14, 15])
const SPACES: Record<number, ColourSpace> = { 9: REC_2020, 11: DISPLAY_P3, 12: DISPLAY_P3 }

function readHeifs(bytes: Buffer, { icc, compression }: Metadata, exif: Buffer | null): UnappliedMetadata {
  const heif = readHeif(bytes)
  // sharp applies the profile of an AVIF picture by itself; HEIC comes without its profile.
  const profile = compression === 'hevc' ? (heif?.icc ?? icc ?? null) : null
  const named = heif?.nclx && USUAL_CURVES.has(heif.nclx.transfer) ? SPACES[heif.nclx.primaries] : undefined
  const isNamedOnly = profile === null && icc === undefined && named !== undefined
  const orientation = heif && !heif.isTurned ? orientationOf(exif) : 1
  return { icc: isNamedOnly ? iccProfile(named) : profile, orientation }
}

function orientationOf(exif: Buffer | null): number {
  const tiff = exif && readTiff(exif)
  const [orientation = 1] = (tiff && tiff.at(tiff.first)?.numbers(TAG.orientation)) ?? []
  return orientation >= 1 && orientation <= 8 ? orientation : 1
}

/** `R03` for Adobe RGB (DCF 2.0): such a camera says nothing else of its colours. */
function interopOf(exif: Buffer | null): string {
  const tiff = exif && readTiff(exif)
  const camera = tiff?.at(tiff.at(tiff.first)?.numbers(TAG.exif)[0] ?? 0)
  return tiff?.at(camera?.numbers(TAG.interop)[0] ?? 0)?.text(TAG.interopIndex) ?? ''
}
