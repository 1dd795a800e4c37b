import { accentFault, inkOn } from '@pix/domain/accent.ts'
import { watchEffect } from 'vue'
import { shopStudio } from '../base/storefront.ts'

const TOKENS = ['--action', '--on-action', '--action-hover', '--action-active'] as const

/** Gives the main buttons of a studio's storefront the studio's colour. */
export function showAccent(): void {
  watchEffect(() => {
    const accent = shopStudio.value?.accentColor ?? null
    const { style } = document.documentElement
    for (const token of TOKENS) style.removeProperty(token)
    if (accent === null || accentFault(accent) !== null) return
    const ink = inkOn(accent)
    // Pressed states move away from the text's colour, so that the contrast does not fall.
    const ground = ink === '#ffffff' ? 'black' : 'white'
    const values = [
      accent,
      ink,
      `color-mix(in srgb, ${accent} 88%, ${ground})`,
      `color-mix(in srgb, ${accent} 76%, ${ground})`,
    ]
    for (const [at, token] of TOKENS.entries()) style.setProperty(token, values[at]!)
  })
}
