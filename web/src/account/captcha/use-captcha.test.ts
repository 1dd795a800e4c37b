import { type CallOptions, ProblemError } from '@pix/contracts/client.ts'
import { expect, test } from 'vitest'
import { useCaptcha } from './use-captcha.ts'

const refused = (code: 'captcha_needed' | 'captcha_refused' | 'wrong_credentials' | 'unavailable') =>
  new ProblemError({ code, status: 403 })

/** A captcha whose solutions are numbered, and a server that answers in turn. */
function make(answers: (ProblemError | 'ok')[]) {
  let solved = 0
  const brought: (string | undefined)[] = []
  const captcha = useCaptcha(() => Promise.resolve({ 'x-captcha': String((solved += 1)) }))
  const request = (options: CallOptions): Promise<string> => {
    brought.push(options.headers?.['x-captcha'])
    const answer = answers.shift()!
    return answer === 'ok' ? Promise.resolve(answer) : Promise.reject(answer)
  }
  return { captcha, request, brought, solved: () => solved }
}

test('one is solved before the form is sent, and each request brings another', async () => {
  const { captcha, request, brought, solved } = make(['ok', 'ok'])
  captcha.prepare()
  captcha.prepare()
  expect(solved()).toBe(1)
  await captcha.send(request)
  await captcha.send(request)
  expect(brought).toEqual(['1', '2'])
})

test('one that was refused is solved again once, and then the refusal is shown', async () => {
  const once = make([refused('captcha_refused'), 'ok'])
  await once.captcha.send(once.request)
  expect(once.brought).toEqual(['1', '2'])
  const twice = make([refused('captcha_refused'), refused('captcha_refused'), 'ok'])
  await expect(twice.captcha.send(twice.request)).rejects.toMatchObject({ code: 'captcha_refused' })
})

test('a sign-in brings none until it is asked for one or has failed', async () => {
  const { captcha, request, brought } = make(['ok', refused('wrong_credentials'), refused('captcha_needed'), 'ok'])
  await captcha.sendWhereAsked(request)
  await expect(captcha.sendWhereAsked(request)).rejects.toMatchObject({ code: 'wrong_credentials' })
  await captcha.sendWhereAsked(request)
  expect(brought).toEqual([undefined, undefined, '1', '2'])
})

test('a solution that could not be made is made again when the form is sent', async () => {
  let tries = 0
  const captcha = useCaptcha(() =>
    (tries += 1) === 1 ? Promise.reject(refused('unavailable')) : Promise.resolve({ 'x-captcha': 'second' }),
  )
  captcha.prepare()
  await Promise.resolve()
  await Promise.resolve()
  const { request, brought } = make(['ok'])
  await captcha.send(request)
  expect(brought).toEqual(['second'])
})
