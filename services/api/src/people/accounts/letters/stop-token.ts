import { createHmac, timingSafeEqual } from 'node:crypto'
import { LETTER_CHOICES, type LetterChoice } from '@pix/domain/letter-choices.ts'
import type { Context } from '../../../base/context.ts'

/** Which letters of whom a link ends. */
export interface Stop {
  userId: string
  choice: LetterChoice
}

type Keys = Pick<Context, 'settings'>

/**
 * What a letter's link brings to end such letters, without a sign-in. It opens nothing else, and is good as long as the key
 * that signed it: the database keeps nothing of it.
 */
export const stopToken = ({ settings }: Keys, { userId, choice }: Stop): string =>
  `${userId}.${choice}.${sign(settings.JWT_SECRET, userId, choice).toString('base64url')}`

/** @returns null for what none of our keys has signed */
export function readStopToken({ settings }: Keys, token: string): Stop | null {
  const [userId = '', choice = '', signature = '', ...more] = token.split('.')
  if (more.length > 0 || !isChoice(choice)) return null
  const given = Buffer.from(signature, 'base64url')
  const keys = [settings.JWT_SECRET, ...settings.JWT_PREVIOUS_SECRETS]
  const isOurs = keys.some(key => {
    const ours = sign(key, userId, choice)
    return ours.length === given.length && timingSafeEqual(ours, given)
  })
  return isOurs ? { userId, choice } : null
}

const isChoice = (text: string): text is LetterChoice => Object.hasOwn(LETTER_CHOICES, text)

const sign = (key: string, userId: string, choice: string): Buffer =>
  createHmac('sha256', key).update(`stop letters:${userId}:${choice}`).digest()
