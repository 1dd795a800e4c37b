/** How strong a new password looks while it is typed. The server judges the whole password again. */
export type PasswordStrength = 'short' | 'weak' | 'fair' | 'good'

/** How common guesses begin. Figures and signs that stand for letters are read as letters. */
const FIRST_GUESSES =
  /password|passwort|qwerty|azerty|iloveyou|welcome|letmein|monkey|dragon|admin|login|thailand|bangkok/g
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  $: 's',
  '@': 'a',
}
const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
/** Letters and figures that count, below which a password is weak, and from which on it is good. */
const WEAK_BELOW = 8
const GOOD_FROM = 16

/**
 * Judges by length and variety alone, without word lists. Repetitions, rows of the alphabet or the keyboard, common
 * guesses and the owner's words count little.
 *
 * @param shortest the least length of a new password
 * @param own the owner's name and address
 */
export function passwordStrength(password: string, shortest: number, own: readonly string[] = []): PasswordStrength {
  if (password.length < shortest) return 'short'
  const rest = withoutGuesses(withoutOwn(password.toLowerCase(), own))
  const counting = [...withoutRuns(rest)].filter(sign => /[\p{L}\p{N}]/u.test(sign))
  const worth = Math.min(counting.length, new Set(counting).size * 2)
  if (worth < WEAK_BELOW) return 'weak'
  return worth < GOOD_FROM ? 'fair' : 'good'
}

function withoutOwn(password: string, own: readonly string[]): string {
  const words = own.flatMap(name => [name, ...name.split(/[^\p{L}\p{N}]+/u)]).filter(word => word.length > 2)
  return words
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, word) => left.replaceAll(word.toLowerCase(), ' '), password)
}

function withoutGuesses(password: string): string {
  const read = password.replaceAll(/[013457$@]/g, sign => LEET[sign]!)
  const kept = [...password]
  for (const { 0: guess, index } of read.matchAll(FIRST_GUESSES)) kept.fill(' ', index, index + guess.length)
  return kept.join('')
}

/** Leaves one sign of each run: three or more signs of which each is the same as the one before, or its neighbour. */
function withoutRuns(password: string): string {
  const signs = [...password]
  return signs.filter((sign, i) => !isNext(signs[i - 2], signs[i - 1]) || !isNext(signs[i - 1], sign)).join('')
}

function isNext(before: string | undefined, sign: string | undefined): boolean {
  if (before === undefined || sign === undefined) return false
  const step = sign.codePointAt(0)! - before.codePointAt(0)!
  if (Math.abs(step) <= 1) return true
  return ROWS.some(row => row.includes(before + sign) || row.includes(sign + before))
}
