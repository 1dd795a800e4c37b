import { ProblemError } from '@pix/contracts/client.ts'
import { computed, reactive, ref } from 'vue'
import { problemMessage } from './problem-message.ts'

/**
 * A form whose faults stand beside their fields, and whose other failures stand in one note. Nothing that was typed is
 * lost. A fault that the server found stays until its field is changed.
 *
 * @param judges say what is wrong with each field, in the person's language
 * @param refusals which field a refusal of the server is about
 */
export function useForm<K extends string>(
  judges: Record<K, () => string | undefined>,
  refusals: Partial<Record<string, NoInfer<K>>> = {},
) {
  const names = Object.keys(judges) as K[]
  const touched = reactive(new Set<string>())
  const found = reactive(new Map<string, string>())
  const sending = ref(false)
  const problem = ref<string>()

  const faults = computed(() => {
    const shown = names.map(name => [name, found.get(name) ?? (touched.has(name) ? judges[name]() : undefined)])
    return Object.fromEntries(shown) as Record<K, string | undefined>
  })

  /** A field was left: from now on its fault is shown. */
  const leave = (name: K) => void touched.add(name)
  /** A field was changed: what the server said of it is over. */
  const change = (name: K) => void found.delete(name)

  function fieldOf(error: ProblemError): K | undefined {
    const path = error.errors[0]?.path.replace(/^body\./, '')
    return refusals[error.code] ?? names.find(name => name === path)
  }

  /** Sends when every field is right. A second press is ignored until the first is answered. */
  async function submit(send: () => Promise<void>): Promise<void> {
    for (const name of names) touched.add(name)
    found.clear()
    problem.value = undefined
    if (sending.value || names.some(name => judges[name]() !== undefined)) return
    sending.value = true
    try {
      await send()
    } catch (error) {
      const field = error instanceof ProblemError ? fieldOf(error) : undefined
      if (field) found.set(field, problemMessage(error))
      else problem.value = problemMessage(error)
    } finally {
      sending.value = false
    }
  }

  /** Begins the form again, without any fault shown. */
  function reset(): void {
    touched.clear()
    found.clear()
  }

  return { reset, faults, sending, problem, leave, change, submit }
}
