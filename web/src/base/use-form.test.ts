import { ProblemError } from '@pix/contracts/client.ts'
import { expect, test } from 'vitest'
import { ref } from 'vue'
import { useForm } from './use-form.ts'

await import('../shell/words-testing.ts')

const refused = (code: 'password_common' | 'invalid_request' | 'unavailable', path?: string) =>
  new ProblemError({ code, status: 422, errors: path === undefined ? [] : [{ path, message: 'must be something' }] })

function make() {
  const email = ref('')
  const form = useForm(
    { email: () => (email.value === '' ? 'missing' : undefined), password: () => undefined },
    { password_common: 'password' },
  )
  return { email, form }
}

test('a field is not blamed before it was left or the form was sent', async () => {
  const { form } = make()
  expect(form.faults.value.email).toBeUndefined()
  form.leave('email')
  expect(form.faults.value.email).toBe('missing')
})

test('nothing is sent while a field is wrong', async () => {
  const { form } = make()
  let sent = 0
  await form.submit(async () => void (sent += 1))
  expect([sent, form.faults.value.email]).toEqual([0, 'missing'])
})

test('a refusal stands beside its field until the field is changed; others stand in the note', async () => {
  const { email, form } = make()
  email.value = 'a@b.example'
  await form.submit(() => Promise.reject(refused('password_common')))
  expect(form.faults.value.password).not.toBeUndefined()
  expect(form.problem.value).toBeUndefined()
  form.change('password')
  expect(form.faults.value.password).toBeUndefined()

  await form.submit(() => Promise.reject(refused('invalid_request', 'body.email')))
  expect(form.faults.value.email).not.toContain('must be')
  await form.submit(() => Promise.reject(refused('unavailable')))
  expect(form.problem.value).not.toBeUndefined()
})

test('a form that is begun again blames nothing', async () => {
  const { form } = make()
  await form.submit(async () => undefined)
  expect(form.faults.value.email).toBe('missing')
  form.reset()
  expect(form.faults.value.email).toBeUndefined()
})

test('a second press while the first is under way sends nothing', async () => {
  const { email, form } = make()
  email.value = 'a@b.example'
  let sent = 0
  const ends: (() => void)[] = []
  const send = () => ((sent += 1), new Promise<void>(resolve => void ends.push(resolve)))
  const first = form.submit(send)
  await form.submit(send)
  ends[0]?.()
  await first
  expect(sent).toBe(1)
})
