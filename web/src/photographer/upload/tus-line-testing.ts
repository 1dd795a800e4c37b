import { createHash } from 'node:crypto'

/** What happens to one request with bytes. `cut`: so many of them arrive, then the line breaks. */
export type Fate =
  | 'arrives'
  | 'no net'
  | 'never'
  | { cut: number }
  | { status: number; code: string; headers?: Record<string, string> }

interface Upload {
  name: string
  size: number
  bytes: Buffer
}

/**
 * The line and the api behind it as XMLHttpRequest shows them: uploads by tus, whose every request is answered at the next
 * tick. `fate` decides what happens to each file's bytes.
 */
export function tusLine() {
  const uploads: Upload[] = []
  const line = {
    fate: ((): Fate => 'arrives') as (name: string) => Fate,
    /** Names of the files that requests were about, a name for each request. */
    asked: [] as string[],
    /** The requests with bytes alone. */
    sent: [] as string[],
    /** By whose sign-in. */
    sentAs: [] as string[],
    /** Bytes that arrived, over all files. */
    arrived: 0,
    /** Hashes other bytes than it was sent. */
    damages: false,
  }
  class Request {
    upload: { onprogress?: (event: object) => void } = {}
    status = 0
    responseText = ''
    onload?: () => void
    onerror?: (event: object) => void
    #method = ''
    #url = ''
    #sent: Record<string, string> = {}
    #answered: Record<string, string> = {}
    #isOver = false

    open(method: string, url: string) {
      this.#method = method
      this.#url = url
    }
    setRequestHeader(name: string, value: string) {
      this.#sent[name.toLowerCase()] = value
    }
    getResponseHeader = (name: string) => this.#answered[name.toLowerCase()] ?? null
    abort() {
      this.#isOver = true
    }
    send(body: Blob | null) {
      if (this.#sent.authorization) line.sentAs.push(this.#sent.authorization)
      setTimeout(() => void this.#answer(body), 1)
    }
    async #answer(body: Blob | null) {
      const upload = uploads[Number(this.#url.split('/').at(-1))]
      const name = upload?.name ?? nameIn(this.#sent['upload-metadata'])
      const fate = line.fate(name)
      line.asked.push(name)
      if (this.#method === 'PATCH') line.sent.push(name)
      if (this.#isOver || fate === 'never') return
      if (fate === 'no net') return this.onerror?.({})
      if (typeof fate === 'object' && 'code' in fate) return this.#end(fate.status, fate.headers, fate.code)
      if (this.#method === 'POST') {
        const address = uploads.push({ name, size: Number(this.#sent['upload-length']), bytes: Buffer.alloc(0) }) - 1
        return this.#end(201, { location: `https://shop.example/api/uploads/${address}` })
      }
      if (!upload) return this.#end(404)
      if (this.#method === 'PATCH' && body) {
        const bytes = Buffer.from(await body.arrayBuffer())
        const came = typeof fate === 'object' ? bytes.subarray(0, fate.cut) : bytes
        upload.bytes = Buffer.concat([upload.bytes, came])
        line.arrived += came.length
        this.upload.onprogress?.({ lengthComputable: true, loaded: came.length })
        if (came.length < bytes.length) return this.onerror?.({})
      }
      return this.#end(this.#method === 'HEAD' ? 200 : 204, stateOf(upload, line.damages))
    }
    #end(status: number, headers: Record<string, string> = {}, code?: string) {
      this.status = status
      this.#answered = headers
      this.responseText = code ? JSON.stringify({ code }) : ''
      this.onload?.()
    }
  }
  return Object.assign(line, { Request })
}

function stateOf({ bytes, size }: Upload, isDamaged: boolean): Record<string, string> {
  const offset = { 'upload-offset': String(bytes.length), 'upload-length': String(size) }
  if (bytes.length < size) return offset
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { ...offset, 'upload-outcome': 'stored', 'upload-sha256': isDamaged ? '0'.repeat(64) : sha256 }
}

const nameIn = (metadata = ''): string => Buffer.from(/filename ([^,]*)/.exec(metadata)?.[1] ?? '', 'base64').toString()
