import { parseArgs } from 'node:util'
import { type Language, languageOf, wordsOf } from './words.ts'

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
  language: Language
}

/**
 * The language that is asked for, wherever it stands among the arguments: what is wrong with the others is said in it.
 *
 * @returns null where it is none of ours
 */
export function readLanguage(args: readonly string[], env: NodeJS.ProcessEnv): Language | null {
  const at = args.findIndex(arg => arg === '--lang' || arg.startsWith('--lang='))
  const asked = at < 0 ? undefined : args[at]?.startsWith('--lang=') ? args[at].slice(7) : (args[at + 1] ?? '')
  if (asked === undefined) return languageOf(env)
  return asked === 'th' || asked === 'en' ? asked : null
}

/** @throws Error whose message a person can read */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  const language = readLanguage(args, env)
  const words = wordsOf(language ?? languageOf(env))
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      event: { type: 'string' },
      url: { type: 'string' },
      email: { type: 'string' },
      receipt: { type: 'string' },
      lang: { type: 'string' },
      watch: { type: 'boolean', default: false },
      parallel: { type: 'string', default: '6' },
    },
  })
  const [folder, ...others] = positionals
  if (folder === undefined || others.length > 0) throw new Error(words.oneFolder)
  if (!values.event) throw new Error(words.whichEvent)
  if (!values.url || !URL.canParse(values.url)) throw new Error(words.whereShop)
  const parallel = Number(values.parallel)
  if (!Number.isInteger(parallel) || parallel < 1 || parallel > 16) throw new Error(words.howMany)
  if (!language) throw new Error(words.whichLanguage)
  const { event, watch, receipt, email } = values
  return { folder, event, url: new URL(values.url).origin, watch, parallel, receipt, email, language }
}
