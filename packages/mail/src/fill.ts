/** Marks that turn the direction of what follows, and everything that ends a line or is not seen. */
const UNSEEN = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]+/gu
/** A subject is cut for the list of letters, which shows less still. */
const LONGEST_SUBJECT = 150

/** A value as one line that cannot turn the words around it. */
export const inOneLine = (value: string): string => value.replaceAll(UNSEEN, ' ').trim()

/** @throws Error for a place that nothing fills */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`nothing fills {${name}}`)
    return inOneLine(value)
  })

/** A subject that is too long ends with an ellipsis, never inside a character. */
export function cutSubject(subject: string): string {
  const characters = Array.from(new Intl.Segmenter().segment(subject), ({ segment }) => segment)
  if (characters.length <= LONGEST_SUBJECT) return subject
  return `${characters.slice(0, LONGEST_SUBJECT - 1).join('')}…`
}
