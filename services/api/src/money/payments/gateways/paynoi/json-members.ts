/** The bytes are not one JSON object, or name a member twice. */
export class NotAnObject extends Error {}

/**
 * The members of a JSON object, each with the exact text of its value as it stands in the bytes: what a signature was
 * made over, and amounts that never become floating point. Encoding the text as UTF-8 gives the bytes back.
 *
 * @throws NotAnObject for invalid UTF-8, invalid JSON, anything but an object, or a name that comes twice
 */
export function readMembers(bytes: Uint8Array): Map<string, string> {
  const text = decode(bytes)
  const members = new Map<string, string>()
  // JSON.parse has accepted the text, so the scan only has to find where things end.
  let at = skipSpace(text, 0) + 1
  while (text[(at = skipSpace(text, at))] === '"') {
    const nameEnd = skipString(text, at)
    const name = JSON.parse(text.slice(at, nameEnd)) as string
    const start = skipSpace(text, skipSpace(text, nameEnd) + 1)
    const end = skipValue(text, start)
    if (members.has(name)) throw new NotAnObject(`a member comes twice`)
    members.set(name, text.slice(start, end))
    at = skipSpace(text, end)
    if (text[at] === ',') at += 1
  }
  return members
}

function decode(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return text
  } catch {
    // The fault is reported below, without any part of the content.
  }
  throw new NotAnObject('not a JSON object in UTF-8')
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (' \t\n\r'.includes(text[at] ?? '_')) at += 1
  return at
}

/** The place behind the closing quote of a string that begins at `from`. */
function skipString(text: string, from: number): number {
  let at = from + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function skipValue(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length;) {
    const sign = text[at]!
    if (sign === '"') {
      at = skipString(text, at)
      if (depth === 0) return at
      continue
    }
    if (depth === 0 && ',} \t\n\r'.includes(sign)) return at
    if (sign === '{' || sign === '[') depth += 1
    if (sign === '}' || sign === ']') depth -= 1
    at += 1
    if (depth === 0 && (sign === '}' || sign === ']')) return at
  }
  return text.length
}
