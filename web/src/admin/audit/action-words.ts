import { i18n } from '../../base/i18n/index.ts'

/** An action of the audit as a sentence. An unknown action is shown by its own name. */
export function actionWords(action: string): string {
  const { t, te } = i18n.global
  return te(`audit.action.${action}`) ? t(`audit.action.${action}`) : action
}
