import fastify from 'fastify'
import { readdir, readFile, stat } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'

const SHOWN = 100
const ID = /^[0-9a-f-]{36}$/
/** Nothing is loaded and nothing runs, in the letter's frame neither: it inherits this. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/**
 * The letters that development wrote into a folder instead of sending them, as pages to look at: the newest first, each
 * with its HTML in a sandboxed frame, its text and its links. Another port is taken where the asked one is in use.
 */
export async function serveMailDesk(options: {
  folder: string
  port: number
}): Promise<{ url: string; close(): Promise<void> }> {
  const app = fastify({ logger: false, forceCloseConnections: true })
  app.addHook('onSend', async (_, reply) => void reply.headers(HEADERS))
  app.get('/', async (_, reply) => reply.type(HTML).send(listPage(await readLetters(options.folder))))
  app.get<{ Params: { id: string } }>('/letters/:id', async (request, reply) => {
    const { id } = request.params
    const letter = ID.test(id) ? await readLetter(options.folder, id).catch(() => null) : null
    return letter ? reply.type(HTML).send(letterPage(letter)) : reply.callNotFound()
  })
  const listen = (port: number) => app.listen({ host: '127.0.0.1', port })
  await listen(options.port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    return listen(0)
  })
  return { url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, close: () => app.close() }
}

const HTML = 'text/html; charset=utf-8'

type StoredLetter = Email & { id: string }

const readLetter = async (folder: string, id: string): Promise<StoredLetter> => ({
  ...(await PostalMime.parse(await readFile(join(folder, `${id}.eml`)))),
  id,
})

async function readLetters(folder: string): Promise<StoredLetter[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.eml') && ID.test(name.slice(0, -4)))
  const files = await Promise.all(
    names.map(async name => ({ id: name.slice(0, -4), at: (await stat(join(folder, name))).mtimeMs })),
  )
  const newest = files.toSorted((a, b) => b.at - a.at).slice(0, SHOWN)
  return Promise.all(newest.map(({ id }) => readLetter(folder, id)))
}

const escape = (text = '') => text.replaceAll(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`)
const recipients = ({ to = [] }: Email) => escape(to.map(({ address }) => address ?? '').join(', '))

const page = (title: string, body: string) => `<!doctype html><html lang="th"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Mail desk</title><style>
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, 'Noto Sans Thai', sans-serif }
  body { margin: 0 auto; max-width: 56rem; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere }
  header span { opacity: .7 } header b { font-size: 1.25rem } h1 { font-size: 1.25rem } h2 { font-size: 1rem }
  li { padding: .5rem 0 } small { opacity: .75 } a { color: inherit }
  iframe { width: 100%; height: 40rem; border: 1px solid #8884; border-radius: .75rem } pre { white-space: pre-wrap; font: inherit }
</style></head><body><header><b>Mail desk</b> <span>จดหมายที่ไม่ได้ส่งออกจริง · letters that did not leave this machine, for development only</span></header>${body}</body></html>`

function listPage(letters: readonly StoredLetter[]): string {
  const rows = letters.map(
    letter =>
      `<li><a href="/letters/${letter.id}">${escape(letter.subject)}</a><br><small>${recipients(letter)} · ${escape(letter.date)}</small></li>`,
  )
  const none = '<p>ยังไม่มีจดหมาย · No letters yet: buy a photo in the shop first.</p>'
  return page('Letters', rows.length > 0 ? `<ol>${rows.join('')}</ol>` : none)
}

/** The letter's links open in a window of their own; its frame has an origin of its own and runs nothing. */
function letterPage(letter: StoredLetter): string {
  const links = [...new Set(letter.text?.match(/https?:\/\/\S+/g))]
  const items = links.map(
    link => `<li><a href="${escape(link)}" target="_blank" rel="noreferrer">${escape(link)}</a></li>`,
  )
  const html = `<base target="_blank">${letter.html ?? ''}`
  return page(
    escape(letter.subject),
    `<p><a href="/">ทุกฉบับ · All letters</a></p><h1>${escape(letter.subject)}</h1><p>${recipients(letter)}<br><small>${escape(letter.date)} · ${escape(letter.messageId)}</small></p>
     <iframe title="HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${escape(html)}"></iframe>
     <h2>ลิงก์ · Links</h2><ul>${items.join('')}</ul><h2>ข้อความ · Text</h2><pre>${escape(letter.text)}</pre>`,
  )
}
