import type { PhotoFailure } from '@pix/contracts/photos.ts'
import { formatNumber } from '../../base/i18n/format.ts'
import { i18n } from '../../base/i18n/index.ts'
import { problemText } from '../../base/problem-message.ts'
import type { UploadLimits } from './use-crew-counts.ts'

type Limits = Pick<UploadLimits, 'maxBytes' | 'minSide'>

const numbers = ({ maxBytes, minSide }: Limits) => ({
  size: `${formatNumber(maxBytes / 1e6)} MB`,
  side: formatNumber(minSide),
})

/** The text that says which files are accepted. @param byTouch on a touch screen, where nothing can be dropped */
export function askedFiles(limits: UploadLimits, byTouch: boolean): string {
  return i18n.global.t(byTouch ? 'upload.chooseText' : 'upload.dropText', numbers(limits))
}

/** Why a file was not stored. @param limits undefined until the api has answered with them */
export function faultText(fault: string, limits: UploadLimits | undefined): string {
  const { t, te } = i18n.global
  const key = `upload.fault.${fault}`
  return te(key) && limits ? t(key, numbers(limits)) : problemText(fault)
}

/** Why a stored photo could not be processed. */
export function failureText(failure: PhotoFailure | null, limits: Limits): string {
  const { t, te } = i18n.global
  const key = `upload.failure.${failure}`
  return t(te(key) ? key : 'upload.failure.internal', numbers(limits))
}
