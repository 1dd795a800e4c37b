import { parseArgs } from 'node:util'

export interface Options {
  folder: string
  /** Its id or the last part of its address. */
  event: string
  /** The shop's, such as `https://photos.example`. */
  url: string
  /** Goes on and sends what comes into the folder. */
  watch: boolean
  /** How many files are on their way at a time. */
  parallel: number
  receipt: string | undefined
  email: string | undefined
}

export const USAGE = `thepixstock-upload <folder> --event <slug or id> --url <address of the shop>

  --email <address>   who signs in; asked for otherwise. The password is asked for.
  --watch             goes on and sends what comes into the folder, until Ctrl-C
  --parallel <n>      files at a time, 1 to 16 (6)
  --receipt <file>    where the list of stored files is written
                      (thepixstock-<event>.sha256 in the present folder)

Instead of signing in: an access token or a service key in PIX_TOKEN, or the password in PIX_PASSWORD.
A folder that was sent in part is gone on with. The exit code is 0 when every photo is stored.`

/** @throws Error whose message a person can read */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      event: { type: 'string' },
      url: { type: 'string' },
      email: { type: 'string' },
      receipt: { type: 'string' },
      watch: { type: 'boolean', default: false },
      parallel: { type: 'string', default: '6' },
    },
  })
  const [folder, ...others] = positionals
  if (folder === undefined || others.length > 0) throw new Error('Name one folder')
  if (!values.event) throw new Error('Say which event: --event <slug or id>')
  if (!values.url || !URL.canParse(values.url)) throw new Error('Say where the shop is: --url https://…')
  const parallel = Number(values.parallel)
  if (!Number.isInteger(parallel) || parallel < 1 || parallel > 16) throw new Error('--parallel is from 1 to 16')
  const { event, watch, receipt, email } = values
  return { folder, event, url: new URL(values.url).origin, watch, parallel, receipt, email }
}
