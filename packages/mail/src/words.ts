/** What a letter says in one language. `{number}` and the like are filled in; every language has the same ones. */
export interface Words {
  subject: string
  lines: readonly string[]
  /** On the button that leads to the link. */
  action: string
  /** Below the button. */
  hint: string
  /** Above the plain link, for programs that show no button. */
  otherwise: string
  /** Last: why the reader got this letter. */
  why: string
}

/** The letters by template. */
export interface LetterWords {
  order_paid: Words
}
