import { randomUUID } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../base/ports.ts'
import { serveMailDesk } from './mail-desk.ts'

const LETTER = (subject: string) => `From: shop@shop.test
To: buyer@shop.test
Subject: ${subject}
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Look: https://shop.test/a?b=1
--b
Content-Type: text/html; charset=utf-8

<p onclick="x()">Hello</p><script>alert(1)</script>
--b--
`

async function open(port: number) {
  const folder = await mkdtemp(join(tmpdir(), 'pix-desk-'))
  const desk = await serveMailDesk({ folder, port })
  onTestFinished(() => desk.close())
  return { folder, ...desk }
}
const read = async (url: string) => {
  const response = await fetch(url)
  return { status: response.status, csp: response.headers.get('content-security-policy'), body: await response.text() }
}

test('the mail desk lists letters and shows one with its HTML shut in, its text and its links', async () => {
  const { folder, url } = await open(await freePort())
  expect((await read(url)).body).toContain('No letters yet')
  const id = randomUUID()
  await writeFile(join(folder, `${id}.eml`), LETTER('<b>Photos</b>'))
  await writeFile(join(folder, `${id}.eml.part`), 'half')
  const list = await read(url)
  expect(list.body).toContain(`<a href="/letters/${id}">&#60;b&#62;Photos`)
  const { status, body, csp } = await read(`${url}/letters/${id}`)
  expect(status).toBe(200)
  expect(csp).toContain("default-src 'none'")
  expect(body).toContain('<a href="https://shop.test/a?b=1"')
  expect(body).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"')
  expect(body).not.toMatch(/<script|onclick="/)
  for (const path of ['nothing', '..%2F..%2Fsecret', randomUUID()]) {
    expect((await read(`${url}/letters/${path}`)).status).toBe(404)
  }
})

test('a port that is in use does not keep the shop from starting', async () => {
  const port = await freePort()
  const [first, second] = [await open(port), await open(port)]
  expect(first.url).toBe(`http://127.0.0.1:${port}`)
  expect(second.url).not.toBe(first.url)
  expect((await read(second.url)).status).toBe(200)
})
