import { nextTick } from 'vue'

/** A control with a fault (ui/Field, ui/Checkbox), or the controls of a group of choices with one (ui/ChoiceGroup). */
const AT_FAULT = '[aria-invalid="true"]:enabled, [data-fault] :is(input, select):enabled'
/** What a person does who goes on meanwhile. */
const GONE_ON = ['input', 'submit', 'focusin']
/** An answer that comes later finds the person elsewhere. */
const PATIENCE_MS = 60_000

/**
 * After any form of the page is sent, moves the focus to its first field at fault: at once where the page found the fault,
 * and with the answer where the server did. A person who goes on in the form meanwhile stays where they are. Faults of an earlier
 * answer have to be taken away as the form is sent, as `useForm` does.
 */
export function focusFirstFaults(page: Document): void {
  page.addEventListener('submit', ({ target }) => {
    if (target instanceof HTMLFormElement) void followAnswer(target)
  })
}

async function followAnswer(form: HTMLFormElement): Promise<void> {
  const ended = new AbortController()
  const { signal } = ended
  const patience = setTimeout(() => ended.abort(), PATIENCE_MS)
  const focusFirst = () => {
    const first = form.querySelector<HTMLElement>(AT_FAULT)
    if (!first || signal.aborted) return
    ended.abort()
    first.focus()
  }
  for (const what of GONE_ON) form.addEventListener(what, () => ended.abort(), { signal })
  const faults = new MutationObserver(focusFirst)
  signal.addEventListener('abort', () => {
    clearTimeout(patience)
    faults.disconnect()
  })
  await nextTick()
  focusFirst()
  if (signal.aborted) return
  faults.observe(form, { subtree: true, childList: true, attributeFilter: ['aria-invalid', 'data-fault'] })
}
