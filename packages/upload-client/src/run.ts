import { writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { getEvent } from '@pix/contracts/events.ts'
import { createClient, ProblemError } from '@pix/contracts/client.ts'
import { findPhotos } from './find-photos.ts'
import { journalPath, openJournal } from './journal.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import { lastLine, receiptText } from './receipt.ts'
import { byPassword, byToken, type SignIn } from './sign-in.ts'
import { uploadFiles } from './upload-files.ts'
import { watchFolder } from './watch-folder.ts'

export interface Terminal {
  env: NodeJS.ProcessEnv
  stdin: NodeJS.ReadableStream
  stdout: NodeJS.WritableStream
}

/** @returns the exit code: 0 when every photo is stored, 1 when some is not, 2 when nothing could begin */
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

async function upload(options: Options, terminal: Terminal, say: (sentence: string) => void): Promise<number> {
  const folder = resolve(options.folder)
  const { photos, raw } = await findPhotos(folder)
  const signIn = await signInOf(options, terminal)
  const eventId = await eventOf(options, signIn)
  if (raw > 0)
    say(
      `${raw} RAW ${raw === 1 ? 'file is' : 'files are'} left out: the shop takes JPEG, PNG, WebP, TIFF, AVIF and HEIC`,
    )
  say(`${photos.length} photos in ${folder}`)
  const journal = openJournal(journalPath(terminal.env.PIX_UPLOAD_HOME ?? homedir(), folder, eventId, options.url))
  const { url, parallel } = options
  const files = uploadFiles({ folder, eventId, url, parallel, signIn, journal, say })
  files.add(photos)
  if (options.watch) await watchFolder(folder, { known: photos, add: path => files.add([path]), say })
  await files.done()

  const receipt = resolve(options.receipt ?? `thepixstock-${options.event}.sha256`)
  writeFileSync(receipt, receiptText([...files.stored.values()]))
  for (const [name, reason] of files.failed) say(`not stored: ${name} (${reason})`)
  say(lastLine(files.stored.size, files.stored.size + files.failed.size))
  say(`Receipt: ${receipt}`)
  return files.failed.size === 0 ? 0 : 1
}

async function signInOf({ url, email }: Options, { env, stdin, stdout }: Terminal): Promise<SignIn> {
  if (env.PIX_TOKEN) return byToken(env.PIX_TOKEN)
  const ask = async (question: string, isSecret = false) => {
    const terminal = createInterface({ input: stdin, output: stdout, terminal: true })
    const answer = terminal.question(question)
    // What is typed is not shown.
    if (isSecret) Object.assign(terminal, { _writeToOutput: () => undefined })
    return (await answer.finally(() => terminal.close())).trim()
  }
  const given = email ?? (await ask('E-mail: '))
  const password = env.PIX_PASSWORD ?? (await ask('Password: ', true))
  return byPassword(url, { email: given, password, code: () => ask('\nCode of the authenticator app: ') })
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function eventOf({ event, url }: Options, { token }: SignIn): Promise<string> {
  if (UUID.test(event)) return event
  const { call } = createClient({ baseUrl: `${url}/api`, headers: () => ({ authorization: `Bearer ${token()}` }) })
  return (await call(getEvent, { params: { id: event } })).id
}
