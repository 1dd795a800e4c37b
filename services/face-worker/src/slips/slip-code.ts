import { validate } from 'promptparse'

/** Which transfer a slip is of: the sending bank's number, and the transfer's reference at that bank. */
export interface SlipCode {
  bank: string
  reference: string
}

/** Longer texts are no code of a slip: theirs have some 60 characters. */
const LONGEST = 200

/**
 * Reads the text of a QR code as the mini-QR of a Thai bank's slip, whose checksum must be right. Anybody can make one: it
 * says which transfer the slip speaks of, and proves nothing.
 *
 * @returns null for any other text
 */
export function readSlipCode(text: string): SlipCode | null {
  if (text.length > LONGEST || !/^[\x20-\x7e]+$/.test(text)) return null
  const found = readSafely(text)
  if (!found || !/^\d{3}$/.test(found.sendingBank) || !/^[A-Za-z0-9]{6,40}$/.test(found.transRef)) return null
  return { bank: found.sendingBank, reference: found.transRef }
}

function readSafely(text: string): { sendingBank: string; transRef: string } | null {
  try {
    return validate.slipVerify(text)
  } catch {
    return null
  }
}
