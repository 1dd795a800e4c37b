import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { ask } from './ask.ts'

/** What a person who types `answer` is asked for and shown. */
async function typed(answer: string, isSecret: boolean) {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()]
  const asked = ask({ stdin, stdout }, 'Question: ', isSecret)
  stdin.write(`${answer}\r`)
  const given = await asked
  stdout.end()
  return { given, shown: await text(stdout) }
}

test('what is secret is not shown while it is typed; other answers are', async () => {
  const secret = await typed('p4ssword', true)
  expect(secret).toEqual({ given: 'p4ssword', shown: 'Question: \n' })
  const open = await typed('a@b.example', false)
  expect(open.given).toBe('a@b.example')
  expect(open.shown).toContain('Question: ')
  expect(open.shown).toContain('a@b.example')
})
