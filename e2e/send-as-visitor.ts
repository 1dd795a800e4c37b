import type { Page } from 'playwright-core'

/** A write of this page's visitor. */
export async function sendAsVisitor<T>(page: Page, method: string, path: string, body: object = {}): Promise<T> {
  const answer = await page.evaluate(
    async ([method, path, body]) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
      const response = await fetch(`/api${path}`, { method, headers, body })
      return { ok: response.ok, text: await response.text() }
    },
    [method, path, JSON.stringify(body)] as const,
  )
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.text}`)
  return JSON.parse(answer.text) as T
}
