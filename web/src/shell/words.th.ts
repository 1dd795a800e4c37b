import { problemsTh } from '../base/problems.th.ts'
import { uiTh } from '../ui/messages.th.ts'
import { appTh } from './messages.th.ts'

export const words = {
  app: appTh,
  problems: problemsTh,
  ui: uiTh,
}
