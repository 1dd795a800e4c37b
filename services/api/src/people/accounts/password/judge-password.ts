import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { Problem } from '../../../base/problem.ts'

/** Whose password it is to be. */
export interface Owner {
  email: string
  name: string
}

/** Only so many characters are judged, because longer ones take seconds; what follows can only help. */
const JUDGED = 32
/** The least score of zxcvbn (0 to 4): a password below 2 is found by a million guesses. */
const LEAST_SCORE = 2
/**
 * Letters and figures that a password must have besides the owner's own words: a name with the year of birth is no
 * password.
 */
const LEAST_BESIDES = 5

let judge: ZxcvbnFactory | undefined

/**
 * Refuses what is guessed first: common passwords and their variants, rows of keys, repetitions, and what the owner is
 * called.
 *
 * @throws Problem `password_common` or `password_personal`
 */
export function refuseWeakPassword(password: string, owner: Owner): void {
  const own = ownWords(owner)
  if (besides(own, password) < LEAST_BESIDES) throw new Problem('password_personal')
  judge ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  if (judge.check(password.slice(0, JUDGED), own).score < LEAST_SCORE) throw new Problem('password_common')
}

/** How many letters and figures a password has that are not the owner's words. */
function besides(own: readonly string[], password: string): number {
  const rest = own
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, word) => left.replaceAll(word.toLowerCase(), ' '), password.toLowerCase())
  return rest.match(/[\p{L}\p{N}]/gu)?.length ?? 0
}

/** Name and address, whole and in parts. Two characters are part of too many words. */
function ownWords({ email, name }: Owner): string[] {
  const local = email.slice(0, email.lastIndexOf('@'))
  const domain = email.slice(local.length + 1).split('.')
  const words = [email, local, ...local.split(/[^\p{L}\p{N}]+/u), ...domain, name, ...name.split(/\s+/), 'thepixstock']
  return words.filter(word => word.length > 2)
}
