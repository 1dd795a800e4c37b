import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { compose, type Sender } from './compose.ts'
import { AddressRefused, LetterNotTaken, type Mailer } from './mailer.ts'

/** No mail server takes letters for a name below `.invalid` (RFC 2606): in development this one stands for all that refuse. */
const REFUSED = '@refused.invalid'

/** Letters land in a folder, one `.eml` file each, whole or not at all; the same letter lands over itself. */
export function openFolderMailer({ folder, ...sender }: Sender & { folder: string }): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    send: async letter => {
      if (letter.to.toLowerCase().endsWith(REFUSED))
        throw new AddressRefused('the address was refused', `550 5.1.1 ${letter.to}: no such user`)
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
