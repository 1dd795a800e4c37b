import { words as shopEn } from '../shop/words.en.ts'
import { words as shopTh } from '../shop/words.th.ts'
import { words as accountEn } from '../account/words.en.ts'
import { words as accountTh } from '../account/words.th.ts'
import { words as photographerEn } from '../photographer/words.en.ts'
import { words as photographerTh } from '../photographer/words.th.ts'
import { words as adminEn } from '../admin/words.en.ts'
import { words as adminTh } from '../admin/words.th.ts'
import { words as shellEn } from './words.en.ts'
import { words as shellTh } from './words.th.ts'
import { i18n } from '../base/i18n/index.ts'

/** Every sentence of the web; a feature's lie beside the feature. */
export const th = { ...shellTh, ...shopTh, ...accountTh, ...photographerTh, ...adminTh }
export const en = { ...shellEn, ...shopEn, ...accountEn, ...photographerEn, ...adminEn }

/** Gives the pages their words. */
export function installWords(): void {
  i18n.global.setLocaleMessage('th', th)
  i18n.global.setLocaleMessage('en', en)
}
