import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { getEvent } from '@pix/contracts/events.ts'
import { createClient, ProblemError } from '@pix/contracts/client.ts'
import { ask, type Asked } from './ask.ts'
import { findPhotos } from './find-photos.ts'
import { journalPath, openJournal } from './journal.ts'
import { type Options, readLanguage, readOptions } from './options.ts'
import { type Stored, writeReceipt } from './receipt.ts'
import { byPassword, byToken, type SignIn } from './sign-in.ts'
import { storedHashes } from './stored-hashes.ts'
import { uploadFiles } from './upload-files.ts'
import { watchFolder } from './watch-folder.ts'
import { languageOf, reasonOf, type Words, wordsOf } from './words.ts'

export interface Terminal extends Asked {
  env: NodeJS.ProcessEnv
}

/** @returns the exit code: 0 when every photo is stored, 1 when some is not, or there was none, 2 when nothing could begin */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const say = (sentence: string) => void terminal.stdout.write(`${sentence}\n`)
  const words = wordsOf(readLanguage(args, terminal.env) ?? languageOf(terminal.env))
  try {
    return await upload(readOptions(args, terminal.env), words, terminal, say)
  } catch (error) {
    if (error instanceof ProblemError) say(words.notBegun(reasonOf(words, error.code)))
    else say(`${(error as Error).message}\n\n${words.usage}`)
    return 2
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function upload(
  options: Options,
  words: Words,
  terminal: Terminal,
  say: (sentence: string) => void,
): Promise<number> {
  const folder = resolve(options.folder)
  if (!existsSync(folder)) throw new Error(words.noFolder(folder))
  const { photos, leftOut } = await findPhotos(folder)
  const signIn = await signInOf(options, words, terminal)
  const { url, parallel } = options
  const headers = () => ({ authorization: `Bearer ${signIn.token()}` })
  const { call } = createClient({ baseUrl: `${url}/api`, headers })
  const eventId = UUID.test(options.event)
    ? options.event
    : (await call(getEvent, { params: { id: options.event } })).id
  say(words.photos(photos.length, folder))
  const journal = openJournal(journalPath(terminal.env.PIX_UPLOAD_HOME ?? homedir(), folder, eventId, url))
  const stored = storedHashes(call, eventId)
  const files = uploadFiles({ folder, eventId, url, parallel, signIn, journal, stored, words, say })
  files.add(photos)
  const began = () => say(words.watching)
  if (options.watch) await watchFolder(folder, { known: photos, add: path => files.add([path]), began })
  await files.done()

  for (const [name, reason] of files.failed) say(words.notStored(name, reason))
  if (leftOut.raw + leftOut.videos + leftOut.links > 0) say(words.onlyHere(leftOut))
  say(words.lastLine(files.stored.size, files.stored.size + files.failed.size))
  if (files.stored.size === 0) return 1
  const { isWritten, sentence } = keepReceipt(options, words, [...files.stored.values()])
  say(sentence)
  return isWritten && files.failed.size === 0 ? 0 : 1
}

/** Everything is stored by then: a receipt that cannot be written ends nothing. */
function keepReceipt(
  { receipt, event }: Options,
  words: Words,
  stored: readonly Stored[],
): { isWritten: boolean; sentence: string } {
  try {
    const file = writeReceipt(resolve(receipt ?? `thepixstock-${event}.sha256`), stored)
    return { isWritten: true, sentence: words.receipt(file) }
  } catch (error) {
    return { isWritten: false, sentence: words.noReceipt((error as Error).message) }
  }
}

async function signInOf({ url, email, language }: Options, words: Words, terminal: Terminal): Promise<SignIn> {
  const { env } = terminal
  if (env.PIX_TOKEN) return byToken(env.PIX_TOKEN)
  const given = email ?? (await ask(terminal, words.email))
  const password = env.PIX_PASSWORD ?? (await ask(terminal, words.password, true))
  return byPassword(url, { email: given, password, language, code: () => ask(terminal, words.code) })
}
