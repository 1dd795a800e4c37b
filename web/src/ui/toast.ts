import { readonly, shallowRef } from 'vue'

/** One thing that happened and can perhaps be taken back. Never for an error that needs action: use a Note. */
export interface Toast {
  id: number
  text: string
  action?: { label: string; run: () => void }
}

const SHOWN_MS = 6_000
const current = shallowRef<Toast | null>(null)
let lastId = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** The toast on screen; a new one takes the place of the old. */
export const currentToast = readonly(current)

/** Shows a sentence for six seconds. */
export function showToast(text: string, action?: Toast['action']): void {
  lastId += 1
  current.value = { id: lastId, text, ...(action ? { action } : {}) }
  resumeToast()
}

/** Hovered or focused: it stays. */
export function holdToast(): void {
  clearTimeout(timer)
}

export function resumeToast(): void {
  clearTimeout(timer)
  timer = setTimeout(closeToast, SHOWN_MS)
}

export function closeToast(): void {
  clearTimeout(timer)
  current.value = null
}
