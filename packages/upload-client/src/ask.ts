import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

export interface Asked {
  stdin: NodeJS.ReadableStream
  stdout: NodeJS.WritableStream
}

/** Asks a person at the terminal. @param isSecret what is typed is not shown */
export async function ask({ stdin, stdout }: Asked, question: string, isSecret = false): Promise<string> {
  // A terminal shows what is typed only because readline writes it.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: stdin, output: isSecret ? nowhere : stdout, terminal: true })
  if (isSecret) stdout.write(question)
  try {
    return (await reader.question(isSecret ? '' : question)).trim()
  } finally {
    reader.close()
    if (isSecret) stdout.write('\n')
  }
}
