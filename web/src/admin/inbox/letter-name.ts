import { i18n } from '../../base/i18n/index.ts'

const { t, te } = i18n.global

/** A letter by what it is for; one of an earlier release by its name. */
export const letterName = (template: string): string =>
  te(`inbox.letter.${template}`) ? t(`inbox.letter.${template}`) : template
