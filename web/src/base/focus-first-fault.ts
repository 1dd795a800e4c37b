import { nextTick } from 'vue'

/** A control with a fault (ui/Field), or the controls of a group of choices with one (ui/ChoiceGroup). */
const AT_FAULT = '[aria-invalid="true"], [data-fault] :is(input, select)'

/**
 * After any form of the page is sent, moves the focus to its first field at fault: at once where the page found the fault,
 * and with the answer where the server did. A person who goes on filling it in meanwhile stays where they are.
 */
export function focusFirstFaults(page: Document): void {
  page.addEventListener('submit', ({ target }) => {
    if (target instanceof HTMLFormElement) void followAnswer(target)
  })
}

async function followAnswer(form: HTMLFormElement): Promise<void> {
  const answered = new AbortController()
  const { signal } = answered
  const focusFirst = () => {
    const first = form.querySelector<HTMLElement>(AT_FAULT)
    if (!first || signal.aborted) return
    answered.abort()
    first.focus()
  }
  for (const ended of ['input', 'submit']) form.addEventListener(ended, () => answered.abort(), { signal })
  const faults = new MutationObserver(focusFirst)
  signal.addEventListener('abort', () => faults.disconnect())
  await nextTick()
  focusFirst()
  if (signal.aborted) return
  faults.observe(form, { subtree: true, childList: true, attributeFilter: ['aria-invalid', 'data-fault'] })
}
