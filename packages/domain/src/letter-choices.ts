/**
 * The letters that a photographer may leave, and whether they come as long as nobody has chosen: what happened since
 * yesterday morning, that the first photo of an event was sold, and which photos were refused.
 */
export const LETTER_CHOICES = { morning: true, firstSale: true, refused: true } as const satisfies Record<
  string,
  boolean
>

export type LetterChoice = keyof typeof LETTER_CHOICES
