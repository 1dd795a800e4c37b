import { ref, watchEffect } from 'vue'
import { recall, remember } from './storage.ts'

export type Theme = 'auto' | 'light' | 'dark'
const STORED = 'pix_theme'

const stored = recall(STORED)
/** The person's choice on this device; `auto` follows the system. */
export const theme = ref<Theme>(stored === 'light' || stored === 'dark' ? stored : 'auto')

export function followTheme(): void {
  watchEffect(() => {
    remember(STORED, theme.value)
    if (theme.value === 'auto') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme.value
  })
}
