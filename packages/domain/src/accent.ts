/** What may be written on an accent colour: our black, or white. */
export const ACCENT_INKS = ['#1a1a1a', '#ffffff'] as const
type AccentInk = (typeof ACCENT_INKS)[number]

/** A colour that will do, to begin with. */
export const ACCENT_EXAMPLE = '#2f5fb3'

/** WCAG 2.2, 1.4.3: what text needs against its ground. */
const LEAST_CONTRAST = 4.5

/** `#rrggbb`, as a colour field gives it. */
export const ACCENT = /^#[0-9a-f]{6}$/

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** How far two colours `#rrggbb` are apart, from 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** The ink that is read best on this colour. */
export function inkOn(accent: string): AccentInk {
  const [black, white] = ACCENT_INKS
  return contrast(accent, black) >= contrast(accent, white) ? black : white
}

/**
 * Why a colour will not do as a studio's accent: it is not written as `#rrggbb` in lower case, or neither ink can be read on it.
 *
 * @returns null for a good one
 */
export function accentFault(accent: string): 'form' | 'contrast' | null {
  if (!ACCENT.test(accent)) return 'form'
  return contrast(accent, inkOn(accent)) < LEAST_CONTRAST ? 'contrast' : null
}
