import { problemsTh } from '../base/problems.th.ts'
import { appTh } from './messages.th.ts'

export const words = {
  app: appTh,
  problems: problemsTh,
}
