import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { compose, type Sender } from './compose.ts'
import { LetterNotTaken, type Mailer } from './mailer.ts'

/** Letters land in a folder, one `.eml` file each, whole or not at all; the same letter lands over itself. */
export function openFolderMailer({ folder, ...sender }: Sender & { folder: string }): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    send: async letter => {
      const { message } = await transport.sendMail(compose(sender, letter))
      const file = join(folder, `${letter.mailId}.eml`)
      try {
        await mkdir(folder, { recursive: true })
        await writeFile(`${file}.part`, message as Buffer)
        await rename(`${file}.part`, file)
      } catch (error) {
        throw new LetterNotTaken('the folder of letters cannot be written', String(error))
      }
    },
    close: () => {},
  }
}
