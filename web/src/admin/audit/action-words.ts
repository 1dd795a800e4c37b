import { i18n } from '../../base/i18n/index.ts'

/** What an action of the audit means, as a sentence; one that nobody has words for as it is. */
export function actionWords(action: string): string {
  const { t, te } = i18n.global
  return te(`audit.action.${action}`) ? t(`audit.action.${action}`) : action
}
