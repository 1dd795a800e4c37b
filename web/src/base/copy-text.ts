/**
 * Puts a text on the clipboard. Without TLS there is none, and a browser may refuse it.
 *
 * @returns false where the text is not there: it has to be selected and copied by hand
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
