import type { PhotoMetadata } from '@pix/contracts/photo-facts.ts'
import { formatBytes, formatDate, formatNumber, formatTime } from '../../base/i18n/format.ts'
import { i18n } from '../../base/i18n/index.ts'
import { exposureWords } from './shot-words.ts'

const { t } = i18n.global

const moment = (at: string) => `${formatDate(at)} ${formatTime(at)}`

/**
 * What is known of a photo, line by line: the name of the fact, and its words. Three cases have words of their own: the
 * camera did not write the fact, the file was not read yet, and the file was read before we kept this fact.
 */
export function factRows(metadata: PhotoMetadata, photographer: string): [name: string, words: string][] {
  const { takenAt, camera, lens, exposure, crew } = metadata
  const isRead = crew !== null && crew.processedAt !== null
  const notKnown = t('photoDesk.notKnown')
  const ifRead = (words: string) => (isRead ? words : notKnown)
  const notWritten = ifRead(t('photoDesk.notWritten'))
  const serials = [crew?.serials?.camera, crew?.serials?.lens].filter(Boolean).join(' · ')
  const place = crew?.place
  const rows: [string, string][] = [
    ['takenAt', takenAt ? moment(takenAt) : ifRead(t('photoDesk.timeUnknown'))],
    ['photographer', photographer],
    ['uploadedAt', crew ? moment(crew.uploadedAt) : ''],
    ['size', sizeWords(metadata)],
    ['camera', camera || notWritten],
    ['lens', lens || notWritten],
    ['exposure', exposure ? exposureWords(exposure) || notWritten : notKnown],
    ['serials', crew?.serials ? serials || notWritten : notKnown],
    ['gps', place ? `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}` : notWritten],
  ]
  return rows.filter(([, words]) => words !== '')
}

function sizeWords({ width, height, bytes, format }: PhotoMetadata): string {
  const pixels = width > 0 ? `${formatNumber(width)} × ${formatNumber(height)}` : ''
  return [pixels, formatBytes(bytes), format.toUpperCase()].filter(Boolean).join(' · ')
}
