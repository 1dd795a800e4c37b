/**
 * The letters that a photographer or an organizer may leave, and whether they come as long as nobody has chosen: what
 * happened to a photographer's photos since yesterday morning, that the first photo of an event was sold, what was
 * refused, and what was sold at an organizer's events.
 */
export const LETTER_CHOICES = {
  morning: true,
  firstSale: true,
  refused: true,
  organized: true,
} as const satisfies Record<string, boolean>

export type LetterChoice = keyof typeof LETTER_CHOICES
