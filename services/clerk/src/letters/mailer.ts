import type { Letter } from '@pix/mail/write-letter.ts'

export interface AddressedLetter extends Letter {
  to: string
  /** Row of `outgoing_mail`: the Message-ID is made of it, so a letter that is sent twice is recognised. */
  mailId: string
  /** The address whose POST ends such letters, of a letter that its reader may leave. */
  endAt?: string | undefined
}

/** A way to hand letters over. */
export interface Mailer {
  /** @throws {AddressRefused} | {LetterNotTaken} */
  send(letter: AddressedLetter): Promise<void>
  close(): void
}

/** A try that failed. Its message goes into logs, so it names no address; `answer` is for the row, which has the address. */
export class LetterNotTaken extends Error {
  override name = 'LetterNotTaken'
  /** Private, because logs write out every other property of an error. */
  readonly #answer: string

  constructor(message: string, answer: string) {
    super(message)
    this.#answer = answer
  }

  get answer(): string {
    return this.#answer
  }
}

/** The server said that there is no such address, or that it takes no mail, for good. */
export class AddressRefused extends LetterNotTaken {
  override name = 'AddressRefused'
}
