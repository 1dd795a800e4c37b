import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { getEvent } from '@pix/contracts/events.ts'
import { createClient, ProblemError } from '@pix/contracts/client.ts'
import { ask, type Asked } from './ask.ts'
import { findPhotos, type LeftOut } from './find-photos.ts'
import { journalPath, openJournal } from './journal.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import { lastLine, type Stored, writeReceipt } from './receipt.ts'
import { byPassword, byToken, type SignIn } from './sign-in.ts'
import { storedHashes } from './stored-hashes.ts'
import { uploadFiles } from './upload-files.ts'
import { watchFolder } from './watch-folder.ts'

export interface Terminal extends Asked {
  env: NodeJS.ProcessEnv
}

/** @returns the exit code: 0 when every photo is stored, 1 when some is not, or there was none, 2 when nothing could begin */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const say = (sentence: string) => void terminal.stdout.write(`${sentence}\n`)
  try {
    return await upload(readOptions(args), terminal, say)
  } catch (error) {
    say(error instanceof ProblemError ? `The shop refused: ${error.code}` : (error as Error).message)
    say(`\n${USAGE}`)
    return 2
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function upload(options: Options, terminal: Terminal, say: (sentence: string) => void): Promise<number> {
  const folder = resolve(options.folder)
  const { photos, leftOut } = await findPhotos(folder)
  const signIn = await signInOf(options, terminal)
  const { url, parallel } = options
  const headers = () => ({ authorization: `Bearer ${signIn.token()}` })
  const { call } = createClient({ baseUrl: `${url}/api`, headers })
  const eventId = UUID.test(options.event)
    ? options.event
    : (await call(getEvent, { params: { id: options.event } })).id
  say(`${photos.length} photos in ${folder}`)
  const journal = openJournal(journalPath(terminal.env.PIX_UPLOAD_HOME ?? homedir(), folder, eventId, url))
  const stored = storedHashes(call, eventId)
  const files = uploadFiles({ folder, eventId, url, parallel, signIn, journal, stored, say })
  files.add(photos)
  if (options.watch) await watchFolder(folder, { known: photos, add: path => files.add([path]), say })
  await files.done()

  for (const [name, reason] of files.failed) say(`not stored: ${name} (${reason})`)
  const onlyHere = leftOutWords(leftOut)
  if (onlyHere) say(`Only in the folder: ${onlyHere}. The shop takes JPEG, PNG, WebP, TIFF, AVIF and HEIC`)
  say(lastLine(files.stored.size, files.stored.size + files.failed.size))
  if (files.stored.size === 0) return 1
  return keepReceipt(options, files.stored.values(), say) && files.failed.size === 0 ? 0 : 1
}

const counted = (count: number, one: string) => (count === 0 ? [] : [`${count} ${one}${count === 1 ? '' : 's'}`])

/** `12 RAW files, 1 video`; empty where nothing was left out. */
function leftOutWords({ raw, videos, links }: LeftOut): string {
  return [...counted(raw, 'RAW file'), ...counted(videos, 'video'), ...counted(links, 'link')].join(', ')
}

/** @returns whether it is written: everything is stored by then */
function keepReceipt({ receipt, event }: Options, stored: Iterable<Stored>, say: (sentence: string) => void): boolean {
  try {
    say(`Receipt: ${writeReceipt(resolve(receipt ?? `thepixstock-${event}.sha256`), [...stored])}`)
    return true
  } catch (error) {
    say(`The receipt could not be written: ${(error as Error).message}`)
    return false
  }
}

async function signInOf({ url, email }: Options, terminal: Terminal): Promise<SignIn> {
  const { env } = terminal
  if (env.PIX_TOKEN) return byToken(env.PIX_TOKEN)
  const given = email ?? (await ask(terminal, 'E-mail: '))
  const password = env.PIX_PASSWORD ?? (await ask(terminal, 'Password: ', true))
  return byPassword(url, { email: given, password, code: () => ask(terminal, 'Code of the authenticator app: ') })
}
