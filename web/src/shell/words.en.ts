import { problemsEn } from '../base/problems.en.ts'
import { appEn } from './messages.en.ts'

export const words = {
  app: appEn,
  problems: problemsEn,
}
